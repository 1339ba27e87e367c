import { encodeWindows1252 } from '../../packages/sources/src/archivo/decode.ts';
import { CSV_COURSE, estadoOf, NOT_ENROLLED, ofCourse, type Progress } from './courses.ts';
import { dotted } from './people.ts';

const HEADER = [
  'Código Oferta',
  'Código Grupo',
  'Nombre Curso',
  'RUT Alumno',
  'Nombre',
  'Tiempo Conectividad',
  '% Avance',
  'Estado',
  'Fecha Inicio',
  'Fecha Fin',
  'Código Módulo',
  'Módulo Tiempo Conectividad',
  'Módulo % Avance',
  'Módulo Estado',
  'Módulo Fecha Inicio',
  'Módulo Fecha Fin',
  'Actividades',
];

export interface CsvRow {
  rut: string;
  progress: Progress;
  module: number;
  /** The module's progress as the file has it. */
  avance: string;
}

/** A provider's export as Excel in Spanish saves it: Windows-1252, semicolons, decimal commas, day-month-year. */
export function csvFile(rows: CsvRow[]): Uint8Array {
  const lines = [HEADER, ...rows.map(cellsOf)].map((cells) => `${cells.map(quoted).join(';')}\r\n`);
  return encodeWindows1252(lines.join(''));
}

/** A student's rows, with the RUT as people write it (dots, lower-case k) and no mistake. */
export function csvRows(progress: Progress): CsvRow[] {
  return progress.modulos.map(({ porcentaje }, module) => ({
    rut: dotted(progress.person).replace('K', 'k'),
    progress,
    module,
    avance: decimal(porcentaje),
  }));
}

/** Tonight's rows with what goes wrong in real files. */
export function withMistakes(rows: CsvRow[]): CsvRow[] {
  const person = (index: number): string | undefined => CSV_COURSE.alumnos[index]?.nombre;
  const wrong = rows.map((row): CsvRow => {
    const { nombre } = row.progress.person;
    if (nombre === person(3)) return { ...row, rut: wrongCheckDigit(row.rut) };
    if (nombre === person(6) && row.module === 0) return { ...row, avance: '10O' };
    return row;
  });
  const twice = wrong.findIndex(
    ({ progress, module }) => progress.person.nombre === person(9) && module === 1,
  );
  const repeated = wrong[twice];
  if (repeated) wrong.splice(twice + 1, 0, { ...repeated, avance: '5' });
  return complete(wrong);
}

/** With the student who is not enrolled: only SENCE can mend that. */
export function complete(rows: CsvRow[]): CsvRow[] {
  const modulos = CSV_COURSE.modulos.map(() => ({ porcentaje: 10, segundos: 900 }));
  return [...rows, ...csvRows({ person: NOT_ENROLLED, modulos })];
}

/** The rows that were wrong, mended; nobody else's. What only SENCE can mend (the student not enrolled) is not in it. */
export function mended(rows: CsvRow[]): CsvRow[] {
  const [third, sixth, ninth] = [3, 6, 9].map((index) => CSV_COURSE.alumnos[index]?.nombre);
  return rows.filter(
    ({ progress: { person }, module }) =>
      person.nombre === third ||
      (person.nombre === sixth && module === 0) ||
      (person.nombre === ninth && module === 1),
  );
}

function cellsOf({ rut, progress, module, avance }: CsvRow): string[] {
  const { modulos, codigoOferta, codigoGrupo, nombre, fechaInicio, fechaFin } = CSV_COURSE;
  const modulo = modulos[module];
  const reached = progress.modulos[module];
  if (!modulo || !reached) throw new Error(`No module ${module}`);
  const course = ofCourse(progress);
  return [
    codigoOferta,
    codigoGrupo,
    nombre,
    rut,
    progress.person.nombre,
    String(course.segundos),
    decimal(course.porcentaje),
    '1',
    dayFirst(fechaInicio),
    dayFirst(fechaFin),
    modulo.codigo,
    String(reached.segundos),
    avance,
    String(estadoOf(reached.porcentaje)),
    dayFirst(modulo.fechaInicio),
    dayFirst(modulo.fechaFin),
    modulo.actividades.join('|'),
  ];
}

function wrongCheckDigit(rut: string): string {
  const dv = rut.at(-1);
  return rut.slice(0, -1) + (dv === '7' ? '1' : '7');
}

function decimal(value: number): string {
  return String(value).replace('.', ',');
}

function dayFirst(date: string): string {
  return date.split('-').reverse().join('-');
}

function quoted(cell: string): string {
  return /[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
