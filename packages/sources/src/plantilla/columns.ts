/** A column of the template: what a person should write in it. */
export interface TemplateColumn {
  name: string;
  required: boolean;
  help: string;
}

const col = (name: string, required: boolean, help: string): TemplateColumn => ({ name, required, help });

const CODES = [
  col('codigoOferta', true, 'Código de la oferta, como lo entrega el SIC.'),
  col('codigoGrupo', true, 'Código de la sección o grupo, como lo entrega el SIC.'),
];
const RUT = col(
  'rutAlumno',
  true,
  'RUT con guion y dígito verificador; los puntos no importan. Ejemplo: 12345678-5.',
);

const ALUMNO = [
  col('nombreCurso', false, 'Nombre del curso, para reconocerlo en pantalla. No se envía.'),
  RUT,
  col('nombre', false, 'Nombre del alumno, para reconocerlo en pantalla. No se envía.'),
  col('tiempoConectividad', true, 'Tiempo conectado al curso, en segundos o como HH:MM:SS.'),
  col('porcentajeAvance', true, 'Avance en el curso, de 0 a 100.'),
  col('estado', false, '1 cursando, 2 aprobado, 3 reprobado. Vacío es 1.'),
  col('fechaInicio', true, 'Inicio del alumno en el curso, AAAA-MM-DD.'),
  col('fechaFin', true, 'Fin del alumno en el curso, AAAA-MM-DD.'),
  col('evaluacionFinal', false, 'Nota final como porcentaje, de 0 a 100. Vacío si aún no la tiene.'),
];

const MODULO = [
  col('tiempoConectividad', true, 'Tiempo conectado al módulo, en segundos o como HH:MM:SS.'),
  col('porcentajeAvance', true, 'Avance en el módulo, de 0 a 100. No puede bajar de un envío a otro.'),
  col('estado', false, '1 cursando, 2 aprobado, 3 reprobado. Vacío es 1.'),
  col('fechaInicio', true, 'Inicio del módulo, AAAA-MM-DD.'),
  col('fechaFin', true, 'Fin del módulo, AAAA-MM-DD.'),
];
const CODIGO_MODULO = col('codigoModulo', true, 'Código del módulo, como lo entrega el SIC.');
const NOTA = col(
  'notaModulo',
  false,
  'Nota del módulo como porcentaje, de 0 a 100. Vacío si aún no la tiene.',
);
const ACTIVIDADES = col('actividades', true, 'Nombres de las actividades del módulo, separados por |.');

/** One row per student and module: the module's own columns begin with `modulo` where a student has the same. */
export const FLAT: TemplateColumn[] = [
  ...CODES,
  ...ALUMNO,
  CODIGO_MODULO,
  ...MODULO.map((column) => ({
    ...column,
    name: `modulo${column.name.charAt(0).toUpperCase()}${column.name.slice(1)}`,
  })),
  NOTA,
  ACTIVIDADES,
];

/** The same in two sheets. */
export const ALUMNOS: TemplateColumn[] = [...CODES, ...ALUMNO];
export const MODULOS: TemplateColumn[] = [...CODES, RUT, CODIGO_MODULO, ...MODULO, NOTA, ACTIVIDADES];
