import { readProcessId } from '@puente-sic/client';
import { type ProcesoHistorial, readHistory, readRegistro, readSantiago } from '@puente-sic/protocol';
import type { Kysely } from 'kysely';
import { recordKey } from '../ledger/aceptados.ts';
import { pack } from '../ledger/bytes.ts';
import { answerOf, bodyOf, type EnvioRow } from '../ledger/envios.ts';
import { planNoche } from '../ledger/noches.ts';
import { partidaOf } from '../ledger/partidas.ts';
import type { EnvioTable, Tables } from '../ledger/tables.ts';
import { type Night, nightOf, type Ventana } from '../window.ts';
import { SIN_GRUPO } from './accepted.ts';
import { bareCode, type Groups } from './groups.ts';
import { restoreLists, type SentList, sentListOf } from './restore-lists.ts';

/** An envío that the ledger has lost and the history still knows. */
type Lost = Pick<
  EnvioTable,
  'codigoEnvio' | 'codigoOferta' | 'codigoGrupo' | 'noche' | 'idProceso' | 'estado' | 'registros'
> & {
  aceptados: number;
  rechazados: number;
  cuando: Date;
  respuesta: Uint8Array | null;
  /** Who was in it; null: too long ago. */
  lista: SentList | null;
};

/** Collects, of the processes shown to it, those that puente sent and the ledger does not know: it is older than they. */
export class LostEnvios {
  readonly found: Lost[] = [];
  readonly #known: Set<string>;
  readonly #groups: Groups;
  readonly #now: Date;

  private constructor(known: Set<string>, groups: Groups, now: Date) {
    this.#known = known;
    this.#groups = groups;
    this.#now = now;
  }

  static async of(db: Kysely<Tables>, rutOtec: string, groups: Groups, now: Date): Promise<LostEnvios> {
    const rows = await db.selectFrom('envio').select('codigoEnvio').where('rutOtec', '=', rutOtec).execute();
    return new LostEnvios(new Set(rows.map(({ codigoEnvio }) => bareCode(codigoEnvio))), groups, now);
  }

  show(proceso: ProcesoHistorial): void {
    const codigoEnvio = bareCode(proceso.codigo_externo ?? '');
    const night = /^P-(\d{4})(\d{2})(\d{2})-/.exec(codigoEnvio)?.slice(1).join('-');
    const [first] = proceso.listaregistros;
    const idProceso = readProcessId(proceso);
    if (night === undefined || first === undefined || first.oferta_cod === null || idProceso === null) return;
    if (this.#known.has(codigoEnvio)) return;
    this.#known.add(codigoEnvio);
    const fates = proceso.listaregistros.map((registro) => readRegistro(registro).fate);
    const aceptados = fates.filter((fate) => fate === 'accepted').length;
    const cuando = readSantiago(proceso.fecha ?? '') ?? this.#now;
    const isRecent = this.#now.getTime() - cuando.getTime() < RECENT_MS;
    this.found.push({
      ...{ codigoEnvio, idProceso, noche: night, cuando, aceptados },
      codigoOferta: first.oferta_cod,
      codigoGrupo: this.#groups.of(proceso)(first) ?? SIN_GRUPO,
      estado: aceptados === fates.length ? 'aceptado' : aceptados > 0 ? 'parcial' : 'rechazado',
      registros: fates.length,
      rechazados: fates.length - aceptados,
      respuesta: isRecent ? pack(JSON.stringify([proceso])) : null,
      lista: isRecent ? sentListOf(proceso) : null,
    });
  }
}

/** What the history says of an older process is in its counts; whole it is kept of the last week alone. */
const RECENT_MS = 7 * 24 * 3_600_000;

/** Writes envíos that were lost back into the ledger, and the nights that they were for. */
export async function restoreEnvios(
  tx: Kysely<Tables>,
  rutOtec: string,
  lost: readonly Lost[],
  { now, today, noche, ventana }: { now: Date; today: string; noche: string; ventana: Ventana },
): Promise<{ envios: number; noches: number }> {
  const cursos = await tx.selectFrom('curso').selectAll().where('rutOtec', '=', rutOtec).execute();
  const nights = new Map<string, Parameters<typeof planNoche>[1][number]>();
  for (const { cuando, lista: _, ...envio } of lost) {
    const ofOferta = cursos.filter(({ codigoOferta }) => codigoOferta === envio.codigoOferta);
    const curso =
      ofOferta.find(({ codigoGrupo }) => codigoGrupo === envio.codigoGrupo) ??
      (ofOferta.length === 1 ? ofOferta[0] : undefined);
    const at = cuando.toISOString();
    const isOfNight = isOfWindow(cuando, nightOf(envio.noche, ventana));
    await tx
      .insertInto('envio')
      .values({
        ...{ ...envio, rutOtec, version: 2, cuerpo: null, huella: '', via: 'historial', httpStatus: 200 },
        codigoGrupo: curso?.codigoGrupo ?? envio.codigoGrupo,
        ...{ creado: at, enviado: at, respondido: at, confirmado: now.toISOString() },
        origen: isOfNight ? 'servicio' : 'mano',
      })
      .execute();
    if (curso === undefined || !isOfNight) continue;
    const row = { rutOtec, fuente: curso.fuente, curso: curso.curso, noche: envio.noche };
    nights.set(JSON.stringify(row), { ...row, estado: 'hecha', desde: at, motivo: null });
  }
  await restoreLists(tx, rutOtec, lost, now);
  return {
    envios: lost.length,
    noches: await restoreNights(tx, rutOtec, [...nights.values()], noche < today ? noche : today),
  };
}

/** What was sent by day does not keep the night from sending what has changed since. */
function isOfWindow(cuando: Date, { start }: Night): boolean {
  return cuando.getTime() >= start.getTime() - CLOCKS_APART_MS;
}

const CLOCKS_APART_MS = 10 * 60_000;

/**
 * Nights that the service ran and the ledger has lost, before `next`. The one that is to be sent is left to the service:
 * it sends what is missing of it, and a night of which one course is known would be taken for planned.
 */
async function restoreNights(
  tx: Kysely<Tables>,
  rutOtec: string,
  nights: readonly Parameters<typeof planNoche>[1][number][],
  next: string,
): Promise<number> {
  const service = await tx
    .selectFrom('servicio')
    .select('desde')
    .where('rutOtec', '=', rutOtec)
    .executeTakeFirst();
  if (service === undefined) return 0;
  const known = await tx
    .selectFrom('noche')
    .select(({ fn }) => fn.max('noche').as('last'))
    .where('rutOtec', '=', rutOtec)
    .executeTakeFirst();
  // Tonight may be planned by now.
  const partida = await partidaOf(tx, rutOtec);
  const last = partida?.leido === null ? partida.ultimaNoche : known?.last;
  const since = last ?? service.desde.slice(0, 10);
  const over = nights.filter(({ noche }) => noche < next);
  for (const row of over) await endPending(tx, row);
  const lost = over.filter(({ noche }) => noche > since);
  if (lost.length > 0) await planNoche(tx, [...lost], new Date(service.desde));
  return new Set(lost.map(({ noche }) => noche)).size;
}

/** The backup was made while this course waited for its night. */
async function endPending(
  tx: Kysely<Tables>,
  { rutOtec, fuente, curso, noche }: Parameters<typeof planNoche>[1][number],
): Promise<void> {
  await tx
    .updateTable('noche')
    .set({ estado: 'hecha', causa: null, motivo: null, inciertos: '[]' })
    .where('rutOtec', '=', rutOtec)
    .where('fuente', '=', fuente)
    .where('curso', '=', curso)
    .where('noche', '=', noche)
    .where('estado', '=', 'pendiente')
    .execute();
}

/** The records of an envío that was restored from the history and has no body, by {@link recordKey}. */
export function restoredRecords(row: EnvioRow): string[] {
  const raw = row.via === 'historial' && bodyOf(row) === null ? answerOf(row) : null;
  const history = readHistory(raw ?? '[]');
  if (history.kind !== 'processes') return [];
  const registros = history.processes.flatMap(({ listaregistros }) => listaregistros.map(readRegistro));
  return registros.map(({ rut, codigoModulo }) => recordKey(rut, codigoModulo));
}
