/** Where a student of a course stands at SENCE. Each student is in exactly one: the worst of the student's modules. */
export type EstadoAlumno =
  /** SENCE did not accept something of the student, and it is still so. */
  | 'rechazado'
  /** A night was lost, or none has been for this student yet. */
  | 'sin-enviar'
  /** Held back by puente: SENCE would have refused it. */
  | 'retenido'
  /** A call's outcome is not known; SENCE's history is being asked. */
  | 'no-se-sabe'
  /** Somebody has said that it need not be corrected. */
  | 'conocido'
  /** SENCE's answer accepted all; its history has not been seen to have it yet. */
  | 'sin-confirmar'
  /** SENCE's history has all that was sent last. */
  | 'lo-tiene';

/** What is known of a student in a course. */
export interface StudentFacts {
  /** Somebody decided that nothing of the student is sent. */
  noSeInforma: boolean;
  /** Open problems, and who found them. */
  problemas: readonly { origen: 'gestor' | 'previa'; conocido: boolean }[];
  incierto: boolean;
  /** The last night, `YYYY-MM-DD`, of which SENCE has accepted something of the student; null: of none. */
  aceptado: { noche: string; confirmado: boolean } | null;
  /** The last night of the course that is over; null: it has had none. */
  ultimaNoche: { noche: string; perdida: boolean } | null;
}

/** Students of a course, of several or of all by their state; the parts always make up the whole. */
export interface Cuenta {
  alumnos: number;
  rechazados: number;
  sinEnviar: number;
  retenidos: number;
  noSeSabe: number;
  conocidos: number;
  /** Of them {@link sinConfirmar} are accepted, and not confirmed by the history yet. */
  loTiene: number;
  sinConfirmar: number;
  /** Refused, not sent, held or not known: what somebody waits for. */
  pendientes: number;
}

export function stateOf({
  noSeInforma,
  problemas,
  incierto,
  aceptado,
  ultimaNoche,
}: StudentFacts): EstadoAlumno {
  if (noSeInforma) return 'conocido';
  const open = problemas.filter(({ conocido }) => !conocido);
  if (open.some(({ origen }) => origen === 'gestor')) return 'rechazado';
  const isBehind = aceptado === null || (ultimaNoche !== null && aceptado.noche < ultimaNoche.noche);
  if (isBehind && ultimaNoche?.perdida) return 'sin-enviar';
  if (open.length > 0) return 'retenido';
  if (incierto) return 'no-se-sabe';
  if (problemas.length > 0) return 'conocido';
  if (isBehind) return 'sin-enviar';
  return aceptado.confirmado ? 'lo-tiene' : 'sin-confirmar';
}

export function count(states: Iterable<EstadoAlumno>): Cuenta {
  const by = new Map<EstadoAlumno, number>();
  for (const state of states) by.set(state, (by.get(state) ?? 0) + 1);
  const of = (state: EstadoAlumno) => by.get(state) ?? 0;
  const parts = {
    rechazados: of('rechazado'),
    sinEnviar: of('sin-enviar'),
    retenidos: of('retenido'),
    noSeSabe: of('no-se-sabe'),
  };
  const pendientes = parts.rechazados + parts.sinEnviar + parts.retenidos + parts.noSeSabe;
  const rest = {
    conocidos: of('conocido'),
    loTiene: of('lo-tiene') + of('sin-confirmar'),
    sinConfirmar: of('sin-confirmar'),
  };
  return { alumnos: pendientes + rest.conocidos + rest.loTiene, ...parts, ...rest, pendientes };
}

/** Of several courses: each part is the sum of theirs. */
export function together(counts: readonly Cuenta[]): Cuenta {
  const whole = count([]);
  for (const one of counts) for (const part of PARTS) whole[part] += one[part];
  return whole;
}

const PARTS = Object.keys(count([])) as (keyof Cuenta)[];
