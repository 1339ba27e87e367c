import type { AlumnoComparado } from '../../../src/api.ts';
import { cuantos, numero } from '../format.ts';
import { useAncho } from '../parts/ancho.ts';

const TRAMOS = [
  { texto: '0–24 %', desde: 0, hasta: 25 },
  { texto: '25–49 %', desde: 25, hasta: 50 },
  { texto: '50–74 %', desde: 50, hasta: 75 },
  { texto: '75–99 %', desde: 75, hasta: 100 },
  { texto: '100 %', desde: 100, hasta: Number.POSITIVE_INFINITY },
];
const ALTO = 150;
const ABAJO = 22;
const ARRIBA = 18;

/** How many students are how far. */
export function ComoVaElGrupo({ alumnos }: { alumnos: AlumnoComparado[] }) {
  const [lugar, ancho] = useAncho<HTMLDivElement>(480);
  const avances = alumnos.flatMap(({ ahora, enLaFuente }) =>
    enLaFuente ? (ahora?.porcentajeAvance ?? []) : [],
  );
  const barras = TRAMOS.map(({ texto, desde, hasta }) => ({
    texto,
    cuantos: avances.filter((avance) => avance >= desde && avance < hasta).length,
  }));
  const mayor = Math.max(1, ...barras.map((barra) => barra.cuantos));
  const paso = ancho / TRAMOS.length;
  const alto = (count: number) => ((ALTO - ABAJO - ARRIBA) * count) / mayor;
  const titulo = `Avance del grupo: ${barras.map((barra) => `${cuantos(barra.cuantos, 'alumno')} en ${barra.texto}`).join(', ')}`;
  return (
    <section className="tarjeta partida grafico" aria-labelledby="como-va">
      <h2 id="como-va">Cómo va el grupo</h2>
      <p className="suave chico">alumnos según su avance total, como dicen sus datos ahora</p>
      <div ref={lugar}>
        <svg
          className="plot"
          width={ancho}
          height={ALTO}
          viewBox={`0 0 ${ancho} ${ALTO}`}
          role="img"
          aria-label={titulo}
        >
          <line className="eje" x1="0" x2={ancho} y1={ALTO - ABAJO} y2={ALTO - ABAJO} />
          {barras.map((barra, at) => (
            <g key={barra.texto}>
              <rect
                className="tramo"
                x={at * paso + 4}
                y={ALTO - ABAJO - alto(barra.cuantos)}
                width={paso - 8}
                height={alto(barra.cuantos)}
                rx="3"
              />
              <text
                className="fuerte"
                x={(at + 0.5) * paso}
                y={ALTO - ABAJO - alto(barra.cuantos) - 5}
                textAnchor="middle"
              >
                {numero(barra.cuantos)}
              </text>
              <text x={(at + 0.5) * paso} y={ALTO - 6} textAnchor="middle">
                {barra.texto}
              </text>
            </g>
          ))}
        </svg>
      </div>
    </section>
  );
}
