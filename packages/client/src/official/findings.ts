import { type Answer, type Curso, messageOf, santiagoDateTime } from '@puente-sic/protocol';
import { GestorError } from '../gestor-error.ts';
import type { HistoryAnswer, SentAvance } from '../results.ts';
import {
  allUnseen,
  describeBody,
  describeError,
  type Finding,
  type FindingId,
  finding,
  type Seen,
  SUPONE,
  shown,
  unseen,
} from './finding.ts';

/** `{"error":[{"mensaje":"Token invalido"}]}`: 40 bytes. [S] */
const TOKEN_INVALIDO = JSON.stringify({ error: [{ mensaje: messageOf('001') }] });

export function fromQuery(seen: Seen<HistoryAnswer>): Finding {
  return seen instanceof GestorError
    ? finding('consulta', false, describeError(seen))
    : finding('consulta', seen.status === 200, describeBody(seen.status, seen.raw));
}

/** Everything but the first query, which no service of this kind answered: nothing else was asked. */
export function nothingElse(error: GestorError): Finding[] {
  const ids = Object.keys(SUPONE).filter((id): id is FindingId => id !== 'consulta');
  return allUnseen(ids, `No se siguió: ${describeError(error)}`);
}

export function badTokenGet(seen: Seen<HistoryAnswer>): Finding {
  return badToken('token-malo-consulta', seen);
}

/** [A 1] */
export function badTokenPost(seen: Seen<SentAvance>): Finding {
  return badToken('token-malo-envio', seen);
}

/** An answer by somebody on the way (a redirect, a service that is down) is none to the question. */
function badToken(id: FindingId, seen: Seen<SentAvance | HistoryAnswer>): Finding {
  const { status } = seen;
  const body = seen instanceof GestorError ? (seen.body ?? '') : seen.raw;
  if (status === null || (status >= 300 && status < 400) || status >= 500 || status === 429)
    return seen instanceof GestorError
      ? unseen(id, describeError(seen))
      : unseen(id, describeBody(status ?? 0, body));
  return finding(id, status === 200 && body === TOKEN_INVALIDO, describeBody(status, body));
}

export function fromAccepted(seen: Seen<SentAvance>): Finding[] {
  const ids = ['envio-aceptado', 'eco-fecha'] as const;
  const told = processed(seen);
  if (typeof told === 'string') return allUnseen(ids, told);
  const { fates, status, raw } = told;
  const echo = parse(raw)?.envio;
  const alumno: unknown = Array.isArray(echo) ? echo[0] : undefined;
  const keys = Object.keys(isObject(alumno) ? alumno : {});
  const date = isObject(alumno) ? alumno.fechaEjecucion : undefined;
  const isLast = keys.at(-1) === 'fechaEjecucion';
  const hasTime = typeof date === 'string' && /(?<!00:00:00)$/.test(date);
  return [
    finding(
      'envio-aceptado',
      status === 200 && fates.length > 0 && fates.every((fate) => fate === 'accepted'),
      `HTTP ${status}, ${count(fates)}.`,
    ),
    keys.length === 0
      ? unseen('eco-fecha', 'La respuesta no trae el eco de ningún alumno.')
      : finding(
          'eco-fecha',
          date !== undefined && !isLast,
          `${date === undefined ? 'no viene' : isLast ? 'última clave' : 'no es la última clave'}${hasTime ? ', con hora' : ''}.`,
        ),
  ];
}

/** [A 6] */
export function fromRepeated(seen: Seen<SentAvance>): Finding {
  const told = processed(seen);
  if (typeof told === 'string') return unseen('porcentaje-igual', told);
  const holds = told.fates.length > 0 && told.fates.every((fate) => fate === 'accepted');
  return finding('porcentaje-igual', holds, `${count(told.fates)}.`);
}

export function fromPartial(seen: Seen<SentAvance>): Finding[] {
  const told = processed(seen);
  if (typeof told === 'string') return allUnseen(['alumno-desconocido', 'eco-parcial'], told);
  const { records, fates, raw } = told;
  const last = records.at(-1);
  const codes = last?.reasons.map(({ code, rawCode }) => code ?? shown(rawCode ?? '—')) ?? [];
  const sent = parse(raw)?.datosEnviados;
  const named = Array.isArray(sent) ? sent.length : 0;
  return [
    finding(
      'alumno-desconocido',
      last?.fate === 'rejected' && codes.join() === '012',
      `El desconocido: ${FATES[last?.fate ?? 'unknown']}, código ${codes.join(', ') || 'ninguno'}. Los demás: ${count(fates.slice(0, -1))}.`,
    ),
    finding('eco-parcial', named > 0, `datosEnviados trae ${named} alumnos.`),
  ];
}

/** [A 2] */
export function fromUnknownCourse(seen: Seen<SentAvance>): Finding {
  const told = processed(seen);
  if (typeof told === 'string') return unseen('curso-desconocido', told);
  const errors = parse(told.raw)?.datosError;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const { codigo, alumno } = isObject(first) ? first : {};
  return finding(
    'curso-desconocido',
    String(codigo) === '003' && alumno === null,
    `HTTP ${told.status}, código ${shown(codigo)}, alumno ${alumno === null ? 'null' : typeof alumno}.`,
  );
}

const OF_RECORD = ['historial-seccion', 'historial-hora', 'historial-decimales'] as const;

export function fromHistory(
  sent: Curso,
  whole: Seen<HistoryAnswer>,
  partial: Seen<HistoryAnswer>,
): Finding[] {
  return [...fromOwn(sent, whole), fromRejected(partial)];
}

function fromOwn(sent: Curso, seen: Seen<HistoryAnswer>): Finding[] {
  if (seen instanceof GestorError) return allUnseen(['historial-codigo', ...OF_RECORD], seen);
  const [proceso, ...more] = seen.processes;
  const isOwn = proceso?.codigo_externo === sent.codigoEnvio;
  const byCode = finding(
    'historial-codigo',
    isOwn && more.length === 0,
    `${seen.processes.length} procesos; el código ${isOwn ? 'es el enviado' : 'no es el enviado'}.`,
  );
  const registro = proceso?.listaregistros[0];
  if (!proceso || !registro) return [byCode, ...allUnseen(OF_RECORD, 'No hay registros.')];
  const { seccion_cod, mod_cod, mod_porcentaje_avance } = registro;
  const isGroup = seccion_cod === sent.codigoGrupo;
  return [
    byCode,
    finding(
      'historial-seccion',
      isGroup,
      `Es ${isGroup ? 'el grupo' : seccion_cod === mod_cod ? 'el módulo' : 'otra cosa'}.`,
    ),
    clockOf(proceso.fecha, seen.serverDate),
    finding(
      'historial-decimales',
      mod_porcentaje_avance === '0.00000',
      `Viene como ${shown(mod_porcentaje_avance)}.`,
    ),
  ];
}

function fromRejected(seen: Seen<HistoryAnswer>): Finding {
  const id = 'historial-rechazo';
  if (seen instanceof GestorError) return unseen(id, describeError(seen));
  const rejected = seen.processes[0]?.listaregistros.find(({ estado_registro }) => estado_registro === '3');
  if (!rejected) return unseen(id, 'No hay registro rechazado.');
  const begin = (rejected.obs_registro ?? '').slice(0, 5);
  return finding(id, begin === '[012]', `obs_registro empieza con ${shown(begin)}.`);
}

/** The stamps of a process just made, against the service's own clock. */
function clockOf(fecha: string | null, now: Date | null): Finding {
  if (fecha === null || now === null) return unseen('historial-hora', 'No viene la fecha, o no viene Date.');
  const apart = (text: string) =>
    Math.abs(Date.parse(`${fecha.replace(' ', 'T')}Z`) - Date.parse(`${text.replace(' ', 'T')}Z`));
  const isNear = (text: string) => apart(text) < 20 * 60_000;
  const utc = now.toISOString().slice(0, 19).replace('T', ' ');
  const isSantiago = isNear(santiagoDateTime(now));
  return finding(
    'historial-hora',
    isSantiago,
    isSantiago ? 'Es Santiago.' : isNear(utc) ? 'Es UTC.' : 'Es otra.',
  );
}

type Records = Extract<Answer, { kind: 'processed' }>['records'];

/** An answer that tells of records; else why nothing can be told from it. */
function processed(
  seen: Seen<SentAvance>,
): { records: Records; fates: string[]; status: number; raw: string } | string {
  if (seen instanceof GestorError) return describeError(seen);
  const { answer, status, raw } = seen;
  if (answer.kind === 'processed')
    return { records: answer.records, fates: answer.records.map(({ fate }) => fate), status, raw };
  const what = answer.kind === 'refused' ? 'No aceptó las credenciales' : 'La respuesta no se puede leer';
  return `${what}: ${describeBody(status, raw)}`;
}

const FATES = { accepted: 'aceptado', rejected: 'rechazado', unknown: 'sin decir' } as const;

function count(fates: readonly string[]): string {
  const of = (fate: string) => fates.filter((each) => each === fate).length;
  return `${of('accepted')} aceptados, ${of('rejected')} rechazados, ${of('unknown')} sin decir`;
}

/** The answer's JSON, also behind leaked HTML. */
function parse(raw: string): Readonly<Record<string, unknown>> | null {
  for (let at = raw.indexOf('{'); at >= 0; at = raw.indexOf('{', at + 1)) {
    try {
      const value: unknown = JSON.parse(raw.slice(at));
      return isObject(value) ? value : null;
    } catch {
      // A brace of what leaked before it.
    }
  }
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
