import type { Of } from '../api.ts';
import { cuantos, hora } from '../format.ts';

type Proveedor = Of<'hoy'>['proveedores'][number];
type CursoDeNoche = Proveedor['noche']['cursos'][number];

const ESTADO: Record<CursoDeNoche['estado'], { texto: string; tono: string }> = {
  perdido: { texto: 'Perdido', tono: 'mal' },
  reintento: { texto: 'Se reintenta', tono: 'espera' },
  incierto: { texto: 'Sin respuesta', tono: 'espera' },
  enviando: { texto: 'Enviando', tono: 'espera' },
  'por-enviar': { texto: 'Por enviar', tono: '' },
  hecho: { texto: 'Listo', tono: 'bien' },
};
const ORDEN = Object.keys(ESTADO);
const A_LA_VISTA = 20;

/** The night course by course: while it goes on, and after it for as long as something of it is open. */
export function NocheCursoPorCurso({ proveedor: { noche, ventana } }: { proveedor: Proveedor }) {
  const abiertos = noche.cursos.some(({ proximo, estado }) => proximo !== null || estado === 'enviando');
  if (noche.cursos.length === 0 || !(ventana.abierta || abiertos)) return null;
  const cursos = noche.cursos.toSorted((a, b) => ORDEN.indexOf(a.estado) - ORDEN.indexOf(b.estado));
  const sobran = cursos.length - A_LA_VISTA;
  return (
    <section className="tarjeta" aria-label="La noche, curso por curso">
      <ul className="noche-cursos">
        {cursos.slice(0, A_LA_VISTA).map((curso, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two courses may bear one name
          <li key={`${curso.curso} ${at}`}>
            <span className={`sello ${ESTADO[curso.estado].tono}`}>{ESTADO[curso.estado].texto}</span>{' '}
            <strong>{capital(curso.curso)}</strong> <span className="chico">{detail(curso)}</span>
          </li>
        ))}
      </ul>
      {sobran > 0 && <p className="suave">Y {cuantos(sobran, 'curso')} más.</p>}
    </section>
  );
}

function detail({ estado, motivo, proximo }: CursoDeNoche): string {
  const at = proximo === null ? '' : hora(proximo);
  switch (estado) {
    case 'por-enviar':
      return `desde las ${at}`;
    case 'reintento':
      return `a las ${at}. ${motivo ?? ''}`;
    case 'incierto':
      return `SENCE no dio una respuesta clara. Puente le vuelve a preguntar a las ${at}; no hay que hacer nada.`;
    case 'perdido':
      return motivo ?? '';
    default:
      return '';
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
