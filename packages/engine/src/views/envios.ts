import { ESPERA_INCIERTO_MS } from '@puente-sic/client';
import { santiagoDateTime } from '@puente-sic/protocol';
import { type EvidenceRecord, recordsOfEnvio } from '../evidence/records.ts';
import { aceptadosOf } from '../ledger/aceptados.ts';
import { cursosSeen } from '../ledger/cursos.ts';
import {
  answerOf,
  bodyOf,
  type EnvioFacts,
  type EnvioFilter,
  envioByCode,
  enviosOfCourse,
  listEnvios,
} from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey, EstadoEnvio } from '../ledger/tables.ts';

/** One call as a list shows it. */
export interface EnvioVisto extends CourseKey {
  codigoEnvio: string;
  titulo: string;
  noche: string;
  estado: EstadoEnvio;
  registros: number;
  aceptados: number;
  rechazados: number;
  idProceso: number | null;
  creado: Date;
  enviado: Date | null;
  respondido: Date | null;
  /** From the send to the answer (or to the cut). */
  milisegundos: number | null;
  httpStatus: number | null;
  via: 'respuesta' | 'historial' | null;
  /** What an unknown outcome waits for. */
  espera: { hasta: Date; mensaje: string } | null;
}

/** One student × module of a call, and what became of it. */
export type RegistroEnviado = Omit<EvidenceRecord, 'enviado'> & { enviado: Date | null };

export interface EnvioEntero extends EnvioVisto {
  version: number;
  /** SHA-256 of the body as sent, without token. */
  huella: string;
  /** Without token; null once the time of keeping it is over. */
  cuerpo: object | null;
  /** The answer verbatim, or the history that settled it. */
  respuesta: string | null;
  registrosEnviados: RegistroEnviado[];
}

/** Calls, newest first; `siguiente` is the `antes` of the next page. */
export async function findEnvios(
  { db }: Ledger,
  { antes, limite = 50, ...filter }: Omit<EnvioFilter, 'before'> & { antes?: string; limite?: number },
): Promise<{ envios: EnvioVisto[]; siguiente: string | null }> {
  const [creado, codigoEnvio] = antes?.split('/') ?? [];
  const before = creado !== undefined && codigoEnvio !== undefined ? { before: { creado, codigoEnvio } } : {};
  const rows = await listEnvios(db, { ...filter, ...before }, limite + 1);
  const page = rows.slice(0, limite);
  const titles = await titlesOf({ db });
  const last = page.at(-1);
  return {
    envios: page.map((row) => vistoOf(row, titles(row))),
    siguiente: last !== undefined && rows.length > limite ? `${last.creado}/${last.codigoEnvio}` : null,
  };
}

/** Everything that is known of one call; null where the ledger has none of that code. */
export async function envioDetail({ db }: Ledger, codigoEnvio: string): Promise<EnvioEntero | null> {
  const row = await envioByCode(db, codigoEnvio);
  if (row === null) return null;
  const visto = vistoOf(row, (await titlesOf({ db }))(row));
  return {
    ...visto,
    version: row.version,
    huella: row.huella,
    cuerpo: bodyOf(row),
    respuesta: answerOf(row),
    registrosEnviados: recordsOfEnvio(row, '').map((record) => ({ ...record, enviado: visto.enviado })),
  };
}

export interface StudentHistory {
  titulo: string;
  /** Oldest first. */
  enviados: Omit<RegistroEnviado, 'rut'>[];
  /** What SENCE has now, by the ledger. */
  aceptados: {
    codigoModulo: string;
    porcentajeAvance: number;
    tiempoConectividad: number | null;
    estado: number | null;
    cuando: Date;
    codigoEnvio: string | null;
    idProceso: number | null;
  }[];
}

/** Every record that was sent of one student in one course. `rut` as the ledger writes it, `11222333-K`. */
export async function studentHistory(
  { db }: Ledger,
  { rut, ...course }: CourseKey & { rut: string },
): Promise<StudentHistory> {
  const enviados: StudentHistory['enviados'] = [];
  for await (const row of enviosOfCourse(db, course)) {
    const enviado = dateOf(row.enviado);
    const own = recordsOfEnvio(row, '').filter((record) => record.rut === rut);
    enviados.push(...own.map(({ rut: _, ...record }) => ({ ...record, enviado })));
  }
  const accepted = [...(await aceptadosOf(db, course)).values()].filter((row) => row.rut === rut);
  return {
    titulo: (await titlesOf({ db }))(course),
    enviados,
    aceptados: accepted.map(
      ({ codigoModulo, porcentajeAvance, tiempoConectividad, estado, cuando, codigoEnvio, idProceso }) => ({
        ...{ codigoModulo, porcentajeAvance, tiempoConectividad, estado, codigoEnvio, idProceso },
        cuando: new Date(cuando),
      }),
    ),
  };
}

/** Titles and pages of courses as their sources told them at the last send. */
export async function courseTitles({
  db,
}: Pick<Ledger, 'db'>): Promise<(CourseKey & { titulo: string; url: string | null })[]> {
  return cursosSeen(db);
}

async function titlesOf(ledger: Pick<Ledger, 'db'>): Promise<(course: CourseKey) => string> {
  const seen = await courseTitles(ledger);
  return ({ rutOtec, codigoOferta, codigoGrupo }) =>
    seen.find(
      (row) =>
        row.rutOtec === rutOtec && row.codigoOferta === codigoOferta && row.codigoGrupo === codigoGrupo,
    )?.titulo ?? codigoOferta;
}

function vistoOf(row: EnvioFacts, titulo: string): EnvioVisto {
  const { codigoEnvio, rutOtec, codigoOferta, codigoGrupo, noche, estado, registros } = row;
  const { aceptados, rechazados, idProceso, httpStatus, via, enviado, respondido, cortado } = row;
  const end = cortado ?? respondido;
  return {
    ...{ codigoEnvio, rutOtec, codigoOferta, codigoGrupo, titulo, noche, estado, registros },
    ...{ aceptados, rechazados, idProceso, httpStatus, via },
    creado: new Date(row.creado),
    enviado: dateOf(enviado),
    respondido: dateOf(respondido),
    milisegundos: enviado === null || end === null ? null : Date.parse(end) - Date.parse(enviado),
    espera: waitOf(row),
  };
}

function waitOf({ estado, preguntado, cortado, enviado, creado }: EnvioFacts): EnvioEntero['espera'] {
  if (estado !== 'incierto') return null;
  const since = new Date(preguntado ?? cortado ?? enviado ?? creado);
  const hasta = new Date(since.getTime() + ESPERA_INCIERTO_MS);
  const time = santiagoDateTime(hasta).slice(11, 16);
  return {
    hasta,
    mensaje: `La respuesta de SENCE se perdió. Se pregunta a su historial hasta encontrarlo; si a las ${time} (hora de Santiago) no está, quiere decir que no llegó y se podrá enviar de nuevo.`,
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
