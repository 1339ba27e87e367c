import type { NocheDeCurso } from '../../../src/api.ts';
import { cuantos, noche } from '../format.ts';
import { useDecir } from '../gestor.ts';

/** How a night ended: in words, in a tone, in a shape for those who see no colours. */
export const ESTADO_NOCHE: Record<
  NocheDeCurso['estado'],
  { texto: string; tono: 'bien' | 'mal' | 'espera' | 'nada'; forma: string }
> = {
  aceptado: { texto: 'SENCE aceptó todo', tono: 'bien', forma: 'tiene' },
  parcial: { texto: 'SENCE aceptó una parte', tono: 'espera', forma: 'parte' },
  rechazado: { texto: 'SENCE rechazó todo', tono: 'mal', forma: 'rechazo' },
  incierto: { texto: 'no se sabe aún si llegó', tono: 'espera', forma: 'duda' },
  enviando: { texto: 'se está enviando', tono: 'espera', forma: 'duda' },
  pendiente: { texto: 'falta enviar', tono: 'nada', forma: 'vacia' },
  perdida: { texto: 'noche perdida: no se envió', tono: 'mal', forma: 'perdida' },
  'sin-envio': { texto: 'sin envío', tono: 'nada', forma: 'vacia' },
};

/** The last nights, one mark each; each tells itself when pointed at, and the whole in words to a screen reader. */
export function Noches({ noches, titulo }: { noches: NocheDeCurso[]; titulo: string }) {
  const decir = useDecir();
  return (
    <span className="noches" role="img" aria-label={decir(`${titulo}: ${resumen(noches)}`)}>
      {noches.map((one) => (
        <i
          key={one.noche}
          className={ESTADO_NOCHE[one.estado].forma}
          title={decir(`${noche(one.noche)}: ${ESTADO_NOCHE[one.estado].texto}`)}
        />
      ))}
    </span>
  );
}

/** What the marks say. */
export function ClaveDeNoches() {
  const clave = [
    ['tiene', 'llegaron todos'],
    ['parte', 'quedó alguien pendiente'],
    ['perdida', 'noche perdida'],
  ] as const;
  return clave.map(([forma, texto]) => (
    <span key={forma}>
      <span className="noches" aria-hidden="true">
        <i className={forma} />
      </span>{' '}
      {texto}
    </span>
  ));
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
