import type { Kysely } from 'kysely';
import { addDicho, type Dicho, dropDichos } from '../ledger/dichos.ts';
import type { EnvioRow } from '../ledger/envios.ts';
import { type NocheRow, nocheRows, updateNoche } from '../ledger/noches.ts';
import type { Tables } from '../ledger/tables.ts';
import { UNKNOWN_COURSES } from '../serve/units.ts';

type Waiting = Pick<EnvioRow, 'rutOtec' | 'noche' | 'codigoEnvio' | 'codigoOferta' | 'codigoGrupo'>;

/** The courses that waited for this code need not wait for their next try. */
export async function makeDue(db: Kysely<Tables>, envio: Waiting, now: Date): Promise<void> {
  for (const row of await waitingFor(db, envio)) {
    if (row.estado === 'pendiente') await updateNoche(db, row, { desde: now.toISOString() }, now);
  }
}

/** In red and once: waiting alone does not tell any more what became of it, a person has to look. */
export async function tellStuck(db: Kysely<Tables>, envio: Waiting, mensaje: string): Promise<void> {
  const { codigoEnvio, codigoOferta, codigoGrupo } = envio;
  const curso = await db
    .selectFrom('curso')
    .select('titulo')
    .where('rutOtec', '=', envio.rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .executeTakeFirst();
  const dicho: Dicho = {
    ...{ codigoOferta, codigoGrupo, titulo: curso?.titulo ?? null },
    causa: 'incierto',
    gravedad: 'rojo',
    mensaje: `No se sabe si SENCE recibió el envío ${codigoEnvio}. ${mensaje}`,
    queHacer: `Pregunte a SENCE, o mire en SIC, si ese envío está. Si está: puente aclarar ${codigoEnvio} --recibido. Si no está: puente aclarar ${codigoEnvio} --no-recibido, y se envía de nuevo.`,
  };
  await addDicho(db, await placeOf(db, envio), dicho);
}

/** What became of it is known: nothing of it is left to tell. */
export async function tellSettled(db: Kysely<Tables>, envio: Waiting): Promise<void> {
  await dropDichos(db, await placeOf(db, envio), { causa: 'incierto', about: envio.codigoEnvio });
}

async function placeOf(db: Kysely<Tables>, envio: Waiting) {
  const [row] = await waitingFor(db, envio);
  const { rutOtec, noche } = envio;
  const { fuente, curso } = row ?? { fuente: UNKNOWN_COURSES, curso: UNKNOWN_COURSES };
  return { rutOtec, noche, fuente, curso };
}

async function waitingFor(db: Kysely<Tables>, { rutOtec, noche, codigoEnvio }: Waiting): Promise<NocheRow[]> {
  const rows = await nocheRows(db, rutOtec, noche);
  return rows.filter(({ inciertos }) => (JSON.parse(inciertos) as string[]).includes(codigoEnvio));
}
