import { type Curso, messageOf, santiagoDateTime } from '@puente-sic/protocol';
import { GestorError } from '../gestor-error.ts';
import type { HistoryAnswer, SentAvance } from '../results.ts';

/** One assumption and what the service showed of it. */
export interface Finding {
  id: string;
  /** What we take the service to do, in Spanish. */
  supone: string;
  resultado: 'se cumple' | 'no se cumple' | 'no se pudo ver';
  /** What was seen, in Spanish, without anybody's data. */
  observado: string;
}

/** `{"error":[{"mensaje":"Token invalido"}]}`: 40 bytes. [S] */
const TOKEN_INVALIDO = JSON.stringify({ error: [{ mensaje: messageOf('001') }] });

export function badTokenGet(seen: HistoryAnswer | GestorError): Finding {
  const body = seen instanceof GestorError ? (seen.body ?? '') : seen.raw;
  return badToken('token-malo-consulta', 'Una consulta con un token malo', seen.status ?? 0, body);
}

/** [A 1] */
export function badTokenPost({ status, raw }: SentAvance): Finding {
  return badToken('token-malo-envio', 'Un envío con un token malo', status, raw);
}

function badToken(id: string, what: string, status: number, body: string): Finding {
  const supone = `${what} responde HTTP 200 con los 40 bytes de «Token invalido».`;
  const holds = status === 200 && body === TOKEN_INVALIDO;
  return finding(id, supone, holds, `HTTP ${status}, ${Buffer.byteLength(body)} bytes.`);
}

export function fromAccepted({ status, answer, raw }: SentAvance): Finding[] {
  const fates = answer.kind === 'processed' ? answer.records.map(({ fate }) => fate) : [];
  const echo = parse(raw)?.envio;
  const [alumno] = Array.isArray(echo) ? (echo as unknown[]) : [];
  const keys = Object.keys(typeof alumno === 'object' && alumno !== null ? alumno : {});
  const date = (alumno as { fechaEjecucion?: unknown } | undefined)?.fechaEjecucion;
  const isLast = keys.at(-1) === 'fechaEjecucion';
  const hasTime = typeof date === 'string' && /(?<!00:00:00)$/.test(date);
  return [
    finding(
      'envio-aceptado',
      'El envío de la prueba oficial se acepta entero, con HTTP 200 y su id_proceso.',
      status === 200 && fates.length > 0 && fates.every((fate) => fate === 'accepted'),
      `HTTP ${status}, ${answer.kind}, ${count(fates)}.`,
    ),
    keys.length === 0
      ? unseen('eco-fecha', ECO, 'La respuesta no trae el eco de ningún alumno.')
      : finding(
          'eco-fecha',
          ECO,
          date !== undefined && !isLast,
          `${date === undefined ? 'no viene' : isLast ? 'última clave' : 'no es la última clave'}${hasTime ? ', con hora' : ''}.`,
        ),
  ];
}

const ECO = 'El eco agrega fechaEjecucion después de fechaFin, como en el ejemplo oficial.';

/** [A 6] */
export function fromRepeated({ answer }: SentAvance): Finding {
  const fates = answer.kind === 'processed' ? answer.records.map(({ fate }) => fate) : [];
  const holds = fates.length > 0 && fates.every((fate) => fate === 'accepted');
  return finding('porcentaje-igual', 'Un porcentaje igual al último se acepta.', holds, `${count(fates)}.`);
}

export function fromPartial({ answer, raw }: SentAvance): Finding[] {
  if (answer.kind !== 'processed') {
    return ['alumno-desconocido', 'eco-parcial'].map((id) =>
      unseen(id, PARCIAL, `La respuesta fue ${answer.kind}.`),
    );
  }
  const last = answer.records.at(-1);
  const others = answer.records.slice(0, -1).map(({ fate }) => fate);
  const codes = last?.reasons.map(({ code, rawCode }) => code ?? rawCode ?? '—') ?? [];
  const sent = parse(raw)?.datosEnviados;
  const named = Array.isArray(sent) ? sent.length : 0;
  return [
    finding(
      'alumno-desconocido',
      PARCIAL,
      last?.fate === 'rejected' && codes.join() === '012',
      `El desconocido: ${last?.fate}, código ${codes.join(', ') || 'ninguno'}. Los demás: ${count(others)}.`,
    ),
    finding(
      'eco-parcial',
      'En una respuesta con errores, datosEnviados nombra a los que entraron.',
      named > 0,
      `datosEnviados trae ${named} alumnos.`,
    ),
  ];
}

const PARCIAL = 'Un alumno que SENCE no conoce se rechaza con 012, y los demás entran.';

/** [A 2] */
export function fromUnknownCourse({ status, answer, raw }: SentAvance): Finding {
  const errors = parse(raw)?.datosError;
  const [first] = Array.isArray(errors) ? (errors as { alumno?: unknown; codigo?: unknown }[]) : [];
  return finding(
    'curso-desconocido',
    'Un curso que SENCE no conoce responde datosError con el código 003 y el alumno en null.',
    String(first?.codigo) === '003' && first?.alumno === null,
    `HTTP ${status}, ${answer.kind}, código ${String(first?.codigo ?? 'ninguno')}, alumno ${first?.alumno === null ? 'null' : typeof first?.alumno}.`,
  );
}

export function fromHistory(sent: Curso, whole: HistoryAnswer, partial: HistoryAnswer): Finding[] {
  const [proceso, ...more] = whole.processes;
  const byCode = finding(
    'historial-codigo',
    'El historial se filtra por codigo_externo y lo devuelve tal como se envió.',
    proceso?.codigo_externo === sent.codigoEnvio && more.length === 0,
    `${whole.processes.length} procesos; el código ${proceso?.codigo_externo === sent.codigoEnvio ? 'es el enviado' : 'no es el enviado'}.`,
  );
  const registro = proceso?.listaregistros[0];
  if (!proceso || !registro)
    return [byCode, unseen('historial', 'El historial muestra los registros.', 'No hay registros.')];
  const rejected = partial.processes[0]?.listaregistros.find(
    ({ estado_registro }) => estado_registro === '3',
  );
  return [
    byCode,
    finding(
      'historial-seccion',
      'seccion_cod es el grupo.',
      registro.seccion_cod === sent.codigoGrupo,
      `Es ${registro.seccion_cod === sent.codigoGrupo ? 'el grupo' : registro.seccion_cod === registro.mod_cod ? 'el módulo' : 'otra cosa'}.`,
    ),
    clockOf(proceso.fecha, whole.serverDate),
    finding(
      'historial-decimales',
      'Los porcentajes vienen como texto con cinco decimales.',
      registro.mod_porcentaje_avance === '0.00000',
      `Viene como ${JSON.stringify(registro.mod_porcentaje_avance)}.`,
    ),
    rejected
      ? finding(
          'historial-rechazo',
          'Un rechazo queda como registro 3 con su código entre corchetes.',
          /^\[012\]/.test(rejected.obs_registro ?? ''),
          `obs_registro empieza con ${JSON.stringify((rejected.obs_registro ?? '').slice(0, 5))}.`,
        )
      : unseen('historial-rechazo', 'Un rechazo queda como registro 3.', 'No hay registro rechazado.'),
  ];
}

/** The stamps of a process just made, against the service's own clock. */
function clockOf(fecha: string | null, now: Date | null): Finding {
  const supone = 'La fecha del historial es hora de Santiago.';
  if (fecha === null || now === null)
    return unseen('historial-hora', supone, 'No viene la fecha, o no viene Date.');
  const apart = (text: string) =>
    Math.abs(Date.parse(`${fecha.replace(' ', 'T')}Z`) - Date.parse(`${text.replace(' ', 'T')}Z`));
  const isNear = (text: string) => apart(text) < 20 * 60_000;
  const utc = now.toISOString().slice(0, 19).replace('T', ' ');
  const isSantiago = isNear(santiagoDateTime(now));
  return finding(
    'historial-hora',
    supone,
    isSantiago,
    isSantiago ? 'Es Santiago.' : isNear(utc) ? 'Es UTC.' : 'Es otra.',
  );
}

function count(fates: readonly string[]): string {
  const of = (fate: string) => fates.filter((each) => each === fate).length;
  return `${of('accepted')} aceptados, ${of('rejected')} rechazados, ${of('unknown')} sin decir`;
}

function finding(id: string, supone: string, holds: boolean, observado: string): Finding {
  return { id, supone, resultado: holds ? 'se cumple' : 'no se cumple', observado };
}

function unseen(id: string, supone: string, observado: string): Finding {
  return { id, supone, resultado: 'no se pudo ver', observado };
}

function parse(raw: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(raw.slice(raw.indexOf('{')));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
