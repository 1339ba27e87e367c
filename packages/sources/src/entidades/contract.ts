// How the other tables name a row of `cursos` and of `alumnos`.
const DEL_CURSO = key('el del curso', ['idCurso', 'course', 'courseId']);
const DE_LA_PERSONA = key('el de la persona', ['idAlumno', 'usuario', 'userId', 'student']);

/**
 * The tables that any LMS can give, and what stands in their columns: what docs/entidades.md, its JSON Schema and the
 * reading itself are made of. Names are fixed by us; {@link Field.aliases} are other spellings that are forgiven.
 */
export const CONTRACT = {
  cursos: {
    about: 'los cursos',
    fields: {
      curso: key('el identificador del curso en el LMS', ['id', 'idCurso', 'course', 'courseId']),
      codigoOferta: optional('texto', 'código del curso en SIC', ['oferta', 'codOferta']),
      codigoGrupo: optional('texto', 'código del grupo en SIC, si todo el curso es uno', [
        'grupo',
        'codGrupo',
        'seccion',
      ]),
      nombre: optional('texto', 'cómo se llama', ['titulo', 'nombreCurso', 'name', 'title']),
      inicio: optional('dia', 'primer día', ['fechaInicio', 'desde', 'startDate']),
      fin: optional('dia', 'último día', ['fechaFin', 'termino', 'fechaTermino', 'hasta', 'endDate']),
    },
  },
  alumnos: {
    about: 'quién está en cada curso',
    fields: {
      curso: DEL_CURSO,
      alumno: key('el identificador de la persona en el LMS', [
        'id',
        'idAlumno',
        'usuario',
        'userId',
        'student',
      ]),
      rut: required('texto', 'RUT con dígito verificador', ['run', 'rutAlumno', 'rut1']),
      rut2: optional('texto', 'otro lugar donde puede estar el RUT, si en el anterior no hay uno'),
      rut3: optional('texto', 'otro más'),
      rut4: optional('texto', 'otro más'),
      nombre: optional('texto', 'cómo se llama la persona', ['nombreAlumno', 'nombreCompleto', 'name']),
      grupo: optional('texto', 'código de su grupo en SIC', ['codigoGrupo', 'seccion', 'group']),
      inicio: optional('dia', 'primer día de la persona, si no es el del curso', [
        'fechaInicio',
        'desde',
        'inscrito',
      ]),
      fin: optional('dia', 'último día de la persona, si no es el del curso', [
        'fechaFin',
        'termino',
        'hasta',
      ]),
      activo: optional('siNo', 'no: dejó el curso y no se informa; vacío: sí', ['vigente', 'active']),
    },
  },
  modulos: {
    about: 'los módulos de cada curso',
    fields: {
      curso: DEL_CURSO,
      modulo: key('el identificador del módulo en el LMS', ['id', 'idModulo', 'module', 'moduleId']),
      codigoModulo: required('texto', 'código del módulo en SIC; vacío: se busca en el nombre', [
        'codigo',
        'codModulo',
      ]),
      nombre: optional('texto', 'cómo se llama', ['titulo', 'nombreModulo', 'name', 'title']),
      orden: optional('numero', 'su lugar en el curso', ['posicion', 'order']),
    },
  },
  actividades: {
    about: 'lo que hay que hacer',
    fields: {
      curso: DEL_CURSO,
      modulo: optional('texto', 'el del módulo; vacío: está fuera de todo módulo', [
        'idModulo',
        'module',
        'moduleId',
      ]),
      actividad: key('el identificador de la actividad en el LMS', [
        'id',
        'idActividad',
        'activity',
        'activityId',
      ]),
      nombre: optional('texto', 'cómo se llama', ['titulo', 'nombreActividad', 'name', 'title']),
      obligatoria: optional('siNo', 'no: es complementaria y no cuenta para el avance; vacío: sí', [
        'requerida',
        'required',
      ]),
      sincronica: optional('siNo', 'sí: es una clase en vivo; vacío: no', ['enVivo', 'synchronous']),
    },
  },
  avances: {
    about: 'quién completó qué',
    fields: {
      curso: DEL_CURSO,
      alumno: DE_LA_PERSONA,
      actividad: key('el de la actividad', ['idActividad', 'activity', 'activityId']),
      completada: required('hecho', 'sí, no, o el momento en que la completó', [
        'completado',
        'hecha',
        'completed',
      ]),
      nota: optional('porcentaje', 'su nota en la actividad, de 0 a 100; se muestra y no se envía', [
        'calificacion',
        'grade',
      ]),
    },
  },
  porcentajes: {
    about: 'el avance, cuando el LMS no da más que su propia cifra',
    fields: {
      curso: DEL_CURSO,
      alumno: DE_LA_PERSONA,
      modulo: optional('texto', 'el del módulo; vacío: la cifra del curso entero', [
        'idModulo',
        'module',
        'moduleId',
      ]),
      porcentaje: required('porcentaje', 'de 0 a 100', [
        'avance',
        'porcentajeAvance',
        'progreso',
        'progress',
      ]),
    },
  },
  notas: {
    about: 'las notas finales',
    fields: {
      curso: DEL_CURSO,
      alumno: DE_LA_PERSONA,
      modulo: optional('texto', 'el del módulo; vacío: la nota final del curso', [
        'idModulo',
        'module',
        'moduleId',
      ]),
      nota: required('porcentaje', 'de 0 a 100', ['calificacion', 'evaluacionFinal', 'grade', 'score']),
    },
  },
  clics: {
    about: 'cuándo abrió cada página',
    fields: {
      curso: DEL_CURSO,
      alumno: DE_LA_PERSONA,
      modulo: optional('texto', 'el del módulo donde está la página; vacío: la página del curso', [
        'idModulo',
        'module',
        'moduleId',
      ]),
      actividad: optional('texto', 'o el de la actividad, que dice el módulo', [
        'idActividad',
        'activity',
        'activityId',
      ]),
      instante: required('momento', 'cuándo', ['momento', 'fecha', 'fechaHora', 'timestamp', 'time', 'date']),
    },
  },
  tiempos: {
    about: 'el tiempo conectado, cuando el LMS lo mide',
    fields: {
      curso: DEL_CURSO,
      alumno: DE_LA_PERSONA,
      modulo: optional('texto', 'el del módulo; vacío: el curso entero', ['idModulo', 'module', 'moduleId']),
      segundos: required('segundos', 'segundos conectado', [
        'tiempo',
        'tiempoConectividad',
        'seconds',
        'duration',
      ]),
    },
  },
} as const satisfies Record<string, { about: string; fields: Record<string, Field> }>;

export type Entity = keyof typeof CONTRACT;

/** In the order in which they are read: what a row names has been read before it. */
export const ENTITIES = Object.keys(CONTRACT) as Entity[];

/** What a source cannot do without. */
export const REQUIRED: readonly Entity[] = ['cursos', 'alumnos', 'modulos'];

/** How a cell is read; see cells.ts. */
export type CellType =
  /** An identifier of the LMS: any text or whole number, never blank. */
  'clave' | 'texto' | 'dia' | 'siNo' | 'hecho' | 'numero' | 'porcentaje' | 'segundos' | 'momento';

export interface Field<T extends CellType = CellType> {
  type: T;
  /** The column has to be there. */
  required: boolean;
  about: string;
  aliases: readonly string[];
}

function key(about: string, aliases: readonly string[]): Field<'clave'> {
  return { type: 'clave', required: true, about, aliases };
}

function required<T extends CellType>(type: T, about: string, aliases: readonly string[]): Field<T> {
  return { type, required: true, about, aliases };
}

function optional<T extends CellType>(type: T, about: string, aliases: readonly string[] = []): Field<T> {
  return { type, required: false, about, aliases };
}
