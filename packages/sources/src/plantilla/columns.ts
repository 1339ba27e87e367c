/** A column of the template: what a person should write in it. */
export interface TemplateColumn {
  name: string;
  /** As the workbook calls it, where people read it. */
  title: string;
  required: boolean;
  help: string;
}

const col = (name: string, title: string, required: boolean, help: string): TemplateColumn => ({
  ...{ name, title, required, help },
});

const CODES = [
  col('codigoOferta', 'Código oferta', true, 'Código de la oferta, como lo entrega el SIC.'),
  col('codigoGrupo', 'Código grupo', true, 'Código de la sección o grupo, como lo entrega el SIC.'),
];
const RUT = col(
  'rutAlumno',
  'RUT',
  true,
  'RUT con guion y dígito verificador; los puntos no importan. Ejemplo: 12345678-5.',
);

const ALUMNO = [
  col(
    'nombreCurso',
    'Nombre del curso',
    false,
    'Nombre del curso, para reconocerlo en pantalla. No se envía.',
  ),
  RUT,
  col('nombre', 'Nombre', false, 'Nombre del alumno, para reconocerlo en pantalla. No se envía.'),
  col('tiempoConectividad', 'Tiempo', true, 'Tiempo conectado al curso, como HH:MM:SS, o en segundos.'),
  col('porcentajeAvance', 'Avance', true, 'Avance en el curso, de 0 a 100.'),
  col('estado', 'Estado', false, '1 cursando, 2 aprobado, 3 reprobado. Vacío es 1.'),
  col('fechaInicio', 'Fecha inicio', true, 'Inicio del alumno en el curso, AAAA-MM-DD.'),
  col('fechaFin', 'Fecha término', true, 'Fin del alumno en el curso, AAAA-MM-DD.'),
  col(
    'evaluacionFinal',
    'Evaluación final',
    false,
    'Nota final como porcentaje, de 0 a 100. Vacío si aún no la tiene.',
  ),
];

const MODULO = [
  col('tiempoConectividad', 'Tiempo', true, 'Tiempo conectado al módulo, como HH:MM:SS, o en segundos.'),
  col(
    'porcentajeAvance',
    'Avance',
    true,
    'Avance en el módulo, de 0 a 100. No puede bajar de un envío a otro.',
  ),
  col('estado', 'Estado', false, '1 cursando, 2 aprobado, 3 reprobado. Vacío es 1.'),
  col('fechaInicio', 'Fecha inicio', true, 'Inicio del módulo, AAAA-MM-DD.'),
  col('fechaFin', 'Fecha término', true, 'Fin del módulo, AAAA-MM-DD.'),
];
const CODIGO_MODULO = col(
  'codigoModulo',
  'Código módulo',
  true,
  'Código del módulo, como lo entrega el SIC.',
);
const NOTA = col(
  'notaModulo',
  'Nota módulo',
  false,
  'Nota del módulo como porcentaje, de 0 a 100. Vacío si aún no la tiene.',
);
const ACTIVIDADES = col(
  'actividades',
  'Actividades',
  true,
  'Nombres de las actividades del módulo, separados por |.',
);

/** One row per student and module: the module's own columns begin with `modulo` where a student has the same. */
export const FLAT: TemplateColumn[] = [
  ...CODES,
  ...ALUMNO,
  CODIGO_MODULO,
  ...MODULO.map((column) => ({
    ...column,
    name: `modulo${column.name.charAt(0).toUpperCase()}${column.name.slice(1)}`,
    title: `${column.title} módulo`,
  })),
  NOTA,
  ACTIVIDADES,
];
