import type { NocheDeCurso } from '../../../src/api.ts';
import { cuantos, noche } from '../format.ts';

const PASO = 7;
const ALTO = 28;

/** How a night ended, in words and in a tone; the height tells it too, for those who see no colours. */
export const ESTADO_NOCHE: Record<
  NocheDeCurso['estado'],
  { texto: string; tono: 'bien' | 'mal' | 'espera' | 'nada'; alto: number }
> = {
  aceptado: { texto: 'SENCE aceptó todo', tono: 'bien', alto: 28 },
  parcial: { texto: 'SENCE aceptó una parte', tono: 'espera', alto: 20 },
  rechazado: { texto: 'SENCE rechazó todo', tono: 'mal', alto: 14 },
  incierto: { texto: 'no se sabe aún si llegó', tono: 'espera', alto: 10 },
  enviando: { texto: 'se está enviando', tono: 'espera', alto: 10 },
  pendiente: { texto: 'falta enviar', tono: 'nada', alto: 6 },
  perdida: { texto: 'noche perdida: no se envió', tono: 'mal', alto: 28 },
  'sin-envio': { texto: 'sin envío', tono: 'nada', alto: 3 },
};

/** The last nights as bars; each tells itself when pointed at, and the whole in words to a screen reader. */
export function Noches({ noches, titulo }: { noches: NocheDeCurso[]; titulo: string }) {
  const ancho = Math.max(1, noches.length) * PASO;
  return (
    <svg
      className="noches"
      width={ancho}
      height={ALTO}
      viewBox={`0 0 ${ancho} ${ALTO}`}
      role="img"
      aria-label={`${titulo}: ${resumen(noches)}`}
    >
      {noches.map((one, index) => {
        const { tono, alto, texto } = ESTADO_NOCHE[one.estado];
        return (
          <g key={one.noche}>
            <title>{`${noche(one.noche)}: ${texto}`}</title>
            <rect className={tono} x={index * PASO} y={ALTO - alto} width={PASO - 2} height={alto} rx="1" />
            {one.estado === 'perdida' && (
              <path
                d={`M${index * PASO + 0.5} 9l4 4m0-4l-4 4`}
                stroke="var(--papel)"
                strokeWidth="1.3"
                fill="none"
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** How many nights ended how, in words. */
export function resumen(noches: NocheDeCurso[]): string {
  const counts = new Map<string, number>();
  for (const { estado } of noches) {
    const { texto } = ESTADO_NOCHE[estado];
    counts.set(texto, (counts.get(texto) ?? 0) + 1);
  }
  if (counts.size === 0) return 'todavía no hay ninguna noche';
  return [...counts].map(([texto, count]) => `${cuantos(count, 'noche')}, ${texto}`).join('; ');
}
