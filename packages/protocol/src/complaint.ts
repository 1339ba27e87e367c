import { CATALOGUE, type Codigo } from './catalogue.ts';
import { isJsonObject, type JsonObject, own, readCode } from './json.ts';
import { type Reason, readReason } from './reason.ts';
import { rutKey } from './records.ts';
import type { Scope } from './scope.ts';

/** One item of `datosError` (or `errores`), as far as it can be read. */
export interface Complaint {
  reason: Reason;
  /** Null: a code and a text that we do not know. */
  scope: Scope | null;
  /** Whom it names, null when nobody. */
  rut: string | null;
  codigoModulo: string | null;
  /** The student as the answer echoes it. */
  alumno: JsonObject | null;
}

/** Codes that depend on who is meant, not on what was sent: they hold for every record of that student or module. */
export const IDENTITY_CODES: readonly (Codigo | null)[] = ['010', '011', '012'];

export function readComplaint(item: unknown): Complaint {
  const told = readReason(own(item, 'codigo'), isJsonObject(item) ? own(item, 'mensaje') : item);
  const reason = told.rawCode === null && told.message === '' ? { ...told, message: UNTOLD } : told;
  const named = own(item, 'alumno') ?? (own(item, 'rutAlumno') === undefined ? null : item);
  const codigoModulo = readCode(own(item, 'codigoModulo')) ?? moduleInText(reason);
  const scope = codigoModulo === null ? scopeOf(reason) : 'modulo';
  // What is said of the call as a whole names its course, and that may end as a RUT does.
  const unnamed = scope === 'call' ? null : rutInText(reason.message);
  return {
    reason,
    scope,
    rut: named === null ? unnamed : rutKey(named),
    codigoModulo,
    alumno: isJsonObject(named) ? named : null,
  };
}

/** A refusal without a code and without a word is one all the same, and a person is shown something of it. */
const UNTOLD = 'El servicio no dijo por qué lo rechazó.';

/** The text goes before the code: 026 and 027 are also said of a student, `alumno.fechaInicio inválido`. [A 5] */
function scopeOf({ code, message }: Reason): Scope | null {
  if (message.startsWith('alumno.')) return 'alumno';
  if (message.startsWith('modulo.')) return 'modulo';
  if (message.startsWith('curso.')) return 'call';
  return code && CATALOGUE[code].scope;
}

function rutInText(message: string): string | null {
  const written = /(?<![\p{L}\d-])\d{1,9}-[\dkK](?![\p{L}\d-])/u.exec(message)?.[0];
  return written === undefined ? null : rutKey(written);
}

function moduleInText({ code, message }: Reason): string | null {
  return code === '010' ? (/ en el m[oó]dulo (.+?)\.?$/i.exec(message)?.[1] ?? null) : null;
}
