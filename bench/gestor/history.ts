import { santiagoDate } from '@puente-sic/protocol';
import { credentials } from './nation.ts';

/** Milliseconds of one provider's history of today, the provider of that course, read to its end. */
export async function askHistory(url: string, curso: number): Promise<number> {
  const query = new URLSearchParams({
    ...credentials(curso),
    idSistema: '1350',
    fechaDesde: santiagoDate(new Date()),
  });
  const start = performance.now();
  const answer = await fetch(`${url}/avance-sic/historialEnvios?${query}`);
  const text = await answer.text();
  if (!text.startsWith('[{')) throw new Error(`no history: ${text.slice(0, 100)}`);
  return performance.now() - start;
}
