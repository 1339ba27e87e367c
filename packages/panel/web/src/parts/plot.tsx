import { dia, duracion } from '../format.ts';
import { useAncho } from './ancho.ts';

const ALTO = 220;
const IZQ = 44;
const DER = 12;
const ARRIBA = 12;
const ABAJO = 28;
// Told apart without colour too: each curve has its own dash.
const TRAZOS = ['', '7 4', '2 3', '10 3 2 3', '4 6'];
const TINTAS = [
  'var(--marca)',
  'var(--bien-solido)',
  'var(--espera-solido)',
  'var(--duda-solido)',
  'var(--quieto-solido)',
];

export interface Curva {
  nombre: string;
  /** `YYYY-MM-DD` and a percentage, in order of time. */
  puntos: { fecha: string; valor: number }[];
}

/** Percentages by night, a curve for each module. The figures stand in a table below it. */
export function Avances({ titulo, curvas }: { titulo: string; curvas: Curva[] }) {
  const [lugar, ancho] = useAncho<HTMLDivElement>(680);
  const fechas = curvas.flatMap(({ puntos }) => puntos.map(({ fecha }) => Date.parse(fecha)));
  const from = Math.min(...fechas);
  const to = Math.max(...fechas, from + 86_400_000);
  const x = (fecha: string) => IZQ + ((Date.parse(fecha) - from) / (to - from)) * (ancho - IZQ - DER);
  const y = (valor: number) => ALTO - ABAJO - (valor / 100) * (ALTO - ARRIBA - ABAJO);
  return (
    <figure className="tarjeta partida grafico">
      <figcaption>
        <strong>{titulo}</strong>
      </figcaption>
      <div ref={lugar}>
        <svg className="plot" viewBox={`0 0 ${ancho} ${ALTO}`} role="img" aria-label={titulo}>
          {[0, 25, 50, 75, 100].map((valor) => (
            <g key={valor}>
              <line className="eje" x1={IZQ} x2={ancho - DER} y1={y(valor)} y2={y(valor)} />
              <text x={IZQ - 6} y={y(valor) + 4} textAnchor="end">
                {valor} %
              </text>
            </g>
          ))}
          {curvas.map(({ nombre, puntos }, index) => (
            <g key={nombre}>
              <polyline
                className="curva"
                stroke={TINTAS[index % TINTAS.length]}
                strokeDasharray={TRAZOS[index % TRAZOS.length]}
                points={puntos.map(({ fecha, valor }) => `${x(fecha)},${y(valor)}`).join(' ')}
              />
              {puntos.map(({ fecha, valor }) => (
                <circle key={fecha} cx={x(fecha)} cy={y(valor)} r="3.5" fill={TINTAS[index % TINTAS.length]}>
                  <title>{`${nombre}, ${dia(fecha)}: ${valor} %`}</title>
                </circle>
              ))}
            </g>
          ))}
          <text x={IZQ} y={ALTO - 8}>
            {dia(new Date(from).toISOString().slice(0, 10))}
          </text>
          <text x={ancho - DER} y={ALTO - 8} textAnchor="end">
            {dia(new Date(to).toISOString().slice(0, 10))}
          </text>
        </svg>
      </div>
      <ul className="clave-grafico">
        {curvas.map(({ nombre }, index) => (
          <li key={nombre}>
            <svg width="30" height="10" aria-hidden="true">
              <line
                x1="0"
                x2="30"
                y1="5"
                y2="5"
                strokeWidth="2"
                stroke={TINTAS[index % TINTAS.length]}
                strokeDasharray={TRAZOS[index % TRAZOS.length]}
              />
            </svg>{' '}
            {nombre}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Connected time by day, as bars. */
export function Conexion({ titulo, dias }: { titulo: string; dias: { dia: string; segundos: number }[] }) {
  const [lugar, ancho] = useAncho<HTMLDivElement>(680);
  const highest = Math.max(3600, ...dias.map(({ segundos }) => segundos));
  const step = Math.min(40, (ancho - IZQ - DER) / Math.max(1, dias.length));
  const y = (segundos: number) => ALTO - ABAJO - (segundos / highest) * (ALTO - ARRIBA - ABAJO);
  const first = dias[0];
  const last = dias.at(-1);
  return (
    <figure className="tarjeta partida grafico">
      <figcaption>
        <strong>{titulo}</strong>
      </figcaption>
      <div ref={lugar}>
        <svg className="plot" viewBox={`0 0 ${ancho} ${ALTO}`} role="img" aria-label={titulo}>
          {[0, 0.5, 1].map((part) => (
            <g key={part}>
              <line className="eje" x1={IZQ} x2={ancho - DER} y1={y(part * highest)} y2={y(part * highest)} />
              <text x={IZQ - 6} y={y(part * highest) + 4} textAnchor="end">
                {Math.round((part * highest) / 360) / 10} h
              </text>
            </g>
          ))}
          {dias.map((one, index) => (
            <rect
              key={one.dia}
              className="barra-dia"
              x={IZQ + 4 + index * step}
              y={y(one.segundos)}
              width={step * 0.75}
              height={ALTO - ABAJO - y(one.segundos)}
            >
              <title>{`${dia(one.dia)}: ${duracion(one.segundos)}`}</title>
            </rect>
          ))}
          {first && (
            <text x={IZQ} y={ALTO - 8}>
              {dia(first.dia)}
            </text>
          )}
          {last && last !== first && (
            <text x={IZQ + 4 + dias.length * step} y={ALTO - 8} textAnchor="middle">
              {dia(last.dia)}
            </text>
          )}
        </svg>
      </div>
    </figure>
  );
}
