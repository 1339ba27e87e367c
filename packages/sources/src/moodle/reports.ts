/** Downloads of Moodle's own reports: what each is called, what it cannot say, and how its columns tell it. */

export type ReportKind =
  | 'registros'
  | 'progreso'
  | 'finalizacion'
  | 'notas'
  | 'historialNotas'
  | 'cuestionario'
  | 'actividad'
  | 'participacion'
  | 'participantes'
  | 'dedicacion';

interface Words {
  /** As Moodle's menu calls it in Spanish. */
  name: string;
  /** What it tells, and what SENCE asks for that it does not. */
  lacks: string;
  fix: string;
}

const FROM_MOODLE =
  'Conecte Moodle como fuente (`tipo: moodle-ws` o `moodle-bd`; «puente init» lo pregunta), que lee lo mismo cada noche con su tiempo; o lleve los avances a la plantilla («puente plantilla»).';

export const REPORTS: Record<ReportKind, Words> = {
  registros: {
    name: 'Registros',
    lacks: 'dice cada clic, pero no el RUT, el avance ni los módulos de nadie',
    fix: 'Sirve para contar el tiempo de una fuente `moodle-ws`: déjelo en una carpeta propia y escriba ahí `tiempo: { csv: carpeta }` (docs/moodle-servicios-web.md). Ahí va como CSV: en Moodle, Informes > Registros > Descargar datos de tabla como «Valores separados por comas (.csv)».',
  },
  progreso: {
    name: 'Finalización de actividad',
    lacks:
      'dice qué actividades terminó cada persona, pero no su tiempo de conexión, sus fechas ni los códigos de sus módulos',
    fix: FROM_MOODLE,
  },
  finalizacion: {
    name: 'Finalización del curso',
    lacks:
      'dice quién cumplió cada condición del curso, pero no su porcentaje de avance, su tiempo de conexión ni sus módulos',
    fix: FROM_MOODLE,
  },
  notas: {
    name: 'Calificaciones (exportar)',
    lacks:
      'trae notas, pero no el avance, el tiempo de conexión, las fechas ni los códigos de los módulos de nadie',
    fix: FROM_MOODLE,
  },
  historialNotas: {
    name: 'Historial de calificaciones',
    lacks: 'dice cómo cambió cada nota, pero no el avance, el tiempo de conexión ni los módulos de nadie',
    fix: FROM_MOODLE,
  },
  cuestionario: {
    name: 'Resultados del cuestionario',
    lacks:
      'trae los intentos de un solo cuestionario, pero no el avance del curso, el tiempo de conexión ni los módulos',
    fix: FROM_MOODLE,
  },
  actividad: {
    name: 'Actividad del curso',
    lacks: 'dice cuántas veces se vio cada actividad, y de ninguna persona su avance ni su tiempo',
    fix: FROM_MOODLE,
  },
  participacion: {
    name: 'Participación en el curso',
    lacks:
      'dice quién hizo algo en una actividad, pero no el avance, el tiempo de conexión ni los módulos de nadie',
    fix: FROM_MOODLE,
  },
  participantes: {
    name: 'Participantes',
    lacks: 'dice quién está inscrito, pero nada de su avance ni de su tiempo',
    fix: FROM_MOODLE,
  },
  dedicacion: {
    name: 'Dedicación al curso',
    lacks: 'trae el tiempo de cada persona en el curso, pero no su avance ni nada de sus módulos',
    fix: 'Sirve para el tiempo de una fuente `moodle-ws`, que lo lee sola: `tiempo: { informe: 3 }`, con el número del informe (docs/moodle-servicios-web.md).',
  },
};

/** Moodle in English, Spanish and Mexican Spanish, 3.9 to 4.5; texts of its language packs. */
const LOG = [
  /^(user full name|nombre completo( del usuario)?)$/,
  /^(affected user|usuario afectado)$/,
  /^(event context|contexto del evento)$/,
  /^(event name|nombre( del)? evento)$/,
  /^(component|componente)$/,
  /^(description|descripcion)$/,
  /^(origin|origen)$/,
  /^(ip address|direccion ip)$/,
];
const COURSE_COMPLETE = /^(course complete|curso (finalizado|completado|completo))$/;
const COMPLETION_DATE = / - (completion date|fecha de (finalizacion|completado|terminacion|termino))$/;
const GRADE = /\((real|percentage|letter|porcentaje|letra)\)$/;
const COURSE_TOTAL = /^(course total|total del curso)( \(|$)/;
const LAST_DOWNLOADED =
  /^(last downloaded from this course|ultima descarga de este curso|descargado por ultima vez de este curso)$/;
const ORIGINAL_GRADE = /^(original grade|calificacion original)$/;
const REVISED_GRADE = /^(revised grade|calificacion revisada)$/;
const ATTEMPT = /^(started( on)?|comenzado( el)?|iniciado( el)?|empezado( el)?)$/;
const ATTEMPT_GRADE = /^(grade|calificacion|nota)\/\d+([.,]\d+)?$/;
const ACTIVITY = /^(activity|actividad)$/;
const VIEWS = /^(views|vistas|visitas)$/;
const LAST_ACCESS = /^(last access|ultimo acceso)$/;
const ALL_ACTIONS = /^(all actions|todas las acciones)$/;
/** Moodle describes what happened in English, whatever its language. */
const DESCRIPTION = /^the user with id '\d+'/;
const ORIGIN = /^(web|ws|cli|restore)$/;
const DEDICATION = /^((course )?dedication( time)?|(tiempo de )?dedicacion( al| del| en el)?( curso)?)$/;
const ABOUT_A_PERSON =
  /^(id|id ?number|username|first name|last name|surname|full name|first name \/ (last name|surname)|email address|institution|department|phone|mobile phone|city\/town|country|roles?|groups?|last access( to course)?|status|numero de id(entificacion)?|nombre de usuario|nombre|apellidos?(\(s\))?|nombre( completo)?( \/ apellidos?(\(s\))?)?|(direccion de )?correo( electronico)?|institucion|departamento|telefono|telefono movil|ciudad|pais|rol(es)?|grupos?|ultimo acceso( al curso)?|estado|rut|run)$/;
const OF_MOODLE =
  /^(first name|email address|first name \/ (last name|surname)|last access to course|apellidos?\(s\)|nombre \/ apellidos?(\(s\))?|ultimo acceso al curso)$/;
const STATE = /^((not )?completed|(no |sin )?(finalizad|completad)[oa])( \(.*\))?$/;

/**
 * Which of Moodle's reports a table is; null where it is none.
 * @param header names of its columns, `` for one without a name.
 * @param rows some of its rows, as text.
 */
export function moodleReport(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): ReportKind | null {
  const names = header.map(plain);
  const has = (heading: RegExp): boolean => names.some((name) => heading.test(name));
  // As JSON it comes without the names of its columns.
  if (LOG.filter(has).length >= 4 || (has(DESCRIPTION) && has(ORIGIN))) return 'registros';
  if (has(COURSE_COMPLETE) && (names[0] === 'id' || has(COMPLETION_DATE))) return 'finalizacion';
  if (has(LAST_DOWNLOADED) || (has(COURSE_TOTAL) && has(GRADE))) return 'notas';
  if (has(ORIGINAL_GRADE) && has(REVISED_GRADE)) return 'historialNotas';
  if (has(ATTEMPT) && has(ATTEMPT_GRADE)) return 'cuestionario';
  if (has(ACTIVITY) && has(VIEWS) && has(LAST_ACCESS)) return 'actividad';
  if (has(ALL_ACTIONS) && has(OF_MOODLE)) return 'participacion';
  if (has(DEDICATION) && has(OF_MOODLE)) return 'dedicacion';
  if (hasStates(names, rows)) return 'progreso';
  const filled = names.filter((name) => name !== '');
  const people = filled.length > 1 && filled.every((name) => ABOUT_A_PERSON.test(name));
  return people && has(OF_MOODLE) ? 'participantes' : null;
}

/** Each activity has two columns, the second with the day, and under no name or under the day that was expected. */
function hasStates(names: readonly string[], rows: readonly (readonly string[])[]): boolean {
  return names.some((name, column) => {
    const next = names[column + 1] ?? '';
    if (name === '' || (next !== '' && !/^\d{4}-\d{2}-\d{2}/.test(next))) return false;
    const cells = rows.map((row) => plain(row[column] ?? '')).filter((text) => text !== '');
    return cells.length > 0 && cells.every((text) => STATE.test(text));
  });
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
