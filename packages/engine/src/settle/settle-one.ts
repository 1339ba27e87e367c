import { type GestorClient, GestorError } from '@puente-sic/client';
import { type Curso, type ProcesoHistorial, santiagoDate, santiagoDateTime } from '@puente-sic/protocol';
import { bodyOf, type EnvioRow, finishEnvio, knownProcesses } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Recorded, recordOutcome } from '../outcome.ts';
import { type Matched, matchProcess, saysTheSame } from './match.ts';
import { provenFrom } from './wait.ts';

export type Settlement =
  /** It arrived; what became of it is in the ledger. */
  | { kind: 'arrived'; recorded: Recorded; curso: Curso }
  /** It never arrived and may be sent again. */
  | { kind: 'not-arrived' }
  /** Not known yet; `error` where the service could not be asked. */
  | { kind: 'open'; mensaje: string; error: GestorError | null };

interface SettleContext {
  ledger: Ledger;
  client: GestorClient;
  clock: () => Date;
  signal?: AbortSignal | undefined;
}

/** Asks the history for one uncertain envío. Only by the holder of the provider's lease. */
export async function settleOne(row: EnvioRow, context: SettleContext): Promise<Settlement> {
  const curso = bodyOf(row);
  if (curso === null) throw new Error(`The uncertain envío ${row.codigoEnvio} has lost its body`);
  const { ledger, clock } = context;
  const asked = clock();
  let found: Found;
  try {
    found = await ask(row, curso, context);
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    return { kind: 'open', mensaje: `No se pudo consultar el historial de SENCE. ${error.mensaje}`, error };
  }

  const proof = provenFrom(new Date(row.cortado ?? row.enviado ?? row.creado));
  const proven = asked >= proof;
  if (found.matched !== null && (proven || isWhole(found.matched))) {
    const { matched, raw, status } = found;
    const { rutOtec, codigoOferta, codigoGrupo, codigoEnvio } = row;
    const course = { rutOtec, codigoOferta, codigoGrupo };
    const said = { codigoEnvio, course, curso, ...matched, unattributed: [], raw, httpStatus: status };
    const recorded = await recordOutcome(ledger, { ...said, via: 'historial' }, clock());
    return { kind: 'arrived', recorded, curso };
  }
  if (found.matched === null && found.complete && proven) {
    const nothing = { idProceso: null, aceptados: 0, rechazados: 0 };
    const end = { ...nothing, respuesta: found.raw, via: 'historial', httpStatus: found.status } as const;
    await finishEnvio(ledger.db, row.codigoEnvio, { estado: 'no-enviado', ...end }, clock());
    return { kind: 'not-arrived' };
  }
  const until = santiagoDateTime(proof).slice(11, 16);
  return {
    kind: 'open',
    mensaje: `El historial de SENCE aún no lo muestra. Como SENCE puede tardar varios minutos, recién a las ${until} (hora de Santiago) se podrá saber con certeza.`,
    error: null,
  };
}

interface Found {
  matched: Matched | null;
  /** Every entry of the history could be read, so that finding nothing means something. */
  complete: boolean;
  raw: string;
  status: number;
}

async function ask(row: EnvioRow, curso: Curso, { ledger, client, signal }: SettleContext): Promise<Found> {
  const byCode = row.version === 2;
  const filter = byCode
    ? { codigoEnvio: row.codigoEnvio }
    : { fechaDesde: santiagoDate(new Date(row.enviado ?? row.creado)) };
  const history = await client.history(filter, { signal });
  const proceso = byCode
    ? history.processes.find(({ codigo_externo }) => codigo_externo === row.codigoEnvio)
    : await withoutCode(row, curso, history.processes, ledger);
  return {
    matched: proceso ? matchProcess(curso, proceso) : null,
    complete: history.skipped === 0,
    raw: history.raw,
    status: history.status,
  };
}

/** Version 1 has no codigoEnvio: the process is known by what it says, since the send, and by being nobody else's. */
async function withoutCode(
  row: EnvioRow,
  curso: Curso,
  processes: readonly ProcesoHistorial[],
  { db }: Ledger,
): Promise<ProcesoHistorial | undefined> {
  const known = await knownProcesses(db, row.rutOtec);
  return processes.find(
    (proceso) => !known.has(Number(proceso.id_proceso_externo)) && saysTheSame(curso, proceso),
  );
}

function isWhole({ records }: Matched): boolean {
  return records.every(({ fate }) => fate !== 'unknown');
}
