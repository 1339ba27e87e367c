import type { SendResult } from './results.ts';

/**
 * What `puente enviar` returns. When several meet: 4, then 3 (only if nothing was sent), then 2 (likewise), then 1.
 * - 0 all well; 1 something rejected, held back, not sent, asked for and not given, or unreadable in a source; 2 a source's files or settings are wrong;
 * - 3 no connection, not authenticated or another process is sending, and nothing was sent (or the service says that it did not take it);
 * - 4 the outcome of some send is unknown.
 */
export function exitCodeOf({
  envios,
  noEnviados,
  noEntregados,
  fallas,
  hallazgos,
}: SendResult): 0 | 1 | 2 | 3 | 4 {
  if (envios.some(({ resultado }) => resultado === 'incierto')) return 4;
  const sent = envios.some(({ codigoEnvio }) => codigoEnvio !== null);
  if (!sent && noEnviados.length > 0) return 3;
  if (!sent && fallas.length > 0) return fallas.some(({ tipo }) => tipo === 'mal') ? 2 : 3;
  const found = [...hallazgos, ...envios.flatMap(({ avisos }) => avisos)];
  const allWell =
    envios.every(({ resultado }) => resultado === 'aceptado') &&
    found.every(({ gravedad }) => gravedad !== 'error');
  const missing = noEnviados.length + noEntregados.length + fallas.length;
  return allWell && missing === 0 ? 0 : 1;
}
