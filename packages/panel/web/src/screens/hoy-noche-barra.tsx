import type { Of } from '../api.ts';
import { cuantos, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';

type CursoDeNoche = Of<'hoy'>['proveedores'][number]['noche']['cursos'][number];

/** In the order of the legend; the words go after a number, and the class is the colour of its box. */
const PARTES: { estado: CursoDeNoche['estado']; clase: string; uno: string; varios: string }[] = [
  { estado: 'hecho', clase: 'lo-tiene', uno: 'listo', varios: 'listos' },
  {
    estado: 'incierto',
    clase: 'no-se-sabe',
    uno: 'por el que se le pregunta a SENCE',
    varios: 'por los que se le pregunta a SENCE',
  },
  { estado: 'reintento', clase: 'retenido', uno: 'se reintenta', varios: 'se reintentan' },
  { estado: 'perdido', clase: 'rechazado', uno: 'no se informó', varios: 'no se informaron' },
  { estado: 'enviando', clase: 'en-camino', uno: 'en camino', varios: 'en camino' },
  { estado: 'por-enviar', clase: 'en-espera', uno: 'en espera', varios: 'en espera' },
];

/** The night that goes out, a box for each course: nothing is said of its students before SENCE has answered. */
export function BarraDeNoche({ cursos }: { cursos: readonly CursoDeNoche[] }) {
  const decir = useDecir();
  const partes = PARTES.map((parte) => ({
    ...parte,
    cuantos: cursos.filter(({ estado }) => estado === parte.estado).length,
  })).filter((parte) => parte.cuantos > 0);
  const palabras = partes.map((parte) => `${numero(parte.cuantos)} ${textoDe(parte)}`).join(', ');
  return (
    <>
      <div
        className="reparto alta"
        role="img"
        aria-label={decir(`De ${cuantos(cursos.length, 'curso')}: ${palabras}`)}
      >
        {partes.map(({ estado, clase, cuantos: veces }) => (
          <span key={estado} className={clase} style={{ flexGrow: veces }} />
        ))}
      </div>
      <div className="leyenda">
        <span>
          <b>{numero(cursos.length)}</b> {cursos.length === 1 ? 'curso' : 'cursos'}
        </span>
        {partes.map((parte) => (
          <span key={parte.estado}>
            <span className={`punto ${parte.clase}`} />
            <b>{numero(parte.cuantos)}</b> {decir(textoDe(parte))}
          </span>
        ))}
      </div>
    </>
  );
}

function textoDe({ cuantos: veces, uno, varios }: { cuantos: number; uno: string; varios: string }): string {
  return veces === 1 ? uno : varios;
}
