import { unzipSync, zipSync } from 'fflate';
import writeExcelFile, { type Cell, type Row } from 'write-excel-file/node';
import { estadoOf, ofCourse, type Progress, UNKNOWN, XLSX_COURSE } from './courses.ts';

export interface XlsxStudent {
  progress: Progress;
  /** Modules in the sheet of modules; all when left out. */
  only?: number[];
}

/** A workbook of two sheets as an LMS exports it: titles above, RUT as a number, percent, date and duration cells. */
export async function xlsxFile(students: XlsxStudent[]): Promise<Uint8Array> {
  const bytes = await writeExcelFile([
    {
      sheet: 'Alumnos',
      data: [[title('Informe de avance por alumno')], [], ALUMNOS.map(title), ...students.map(alumnoRow)],
      columns: ALUMNOS.map(width),
    },
    {
      sheet: 'Módulos',
      data: [MODULOS.map(title), ...students.flatMap(moduloRows)],
      columns: MODULOS.map(width),
    },
  ]).toBuffer();
  return withoutClock(bytes);
}

/** Tonight's students with what goes wrong: one module went back (025), one RUT is somebody unknown (012). */
export function withMistakes(students: Progress[]): XlsxStudent[] {
  return students.map((progress) => {
    if (progress.person.nombre === fifth) return { progress: withFirst(progress, 70) };
    if (progress.person.nombre === eleventh)
      return { progress: { ...progress, person: { ...UNKNOWN, nombre: eleventh } } };
    return { progress };
  });
}

/** Only what was wrong: the module that went back, and the student under the right RUT. */
export function mended(students: Progress[]): XlsxStudent[] {
  return students.flatMap((progress): XlsxStudent[] => {
    if (progress.person.nombre === fifth) return [{ progress: withFirst(progress, 95), only: [0] }];
    return progress.person.nombre === eleventh ? [{ progress }] : [];
  });
}

/** Everybody, with what was wrong put right. */
export function complete(students: Progress[]): XlsxStudent[] {
  return students.map((progress) => ({
    progress: progress.person.nombre === fifth ? withFirst(progress, 95) : progress,
  }));
}

/** Last night the fifth student stood at 90 in the first module. */
export function lastNight(students: Progress[]): XlsxStudent[] {
  return students.map((progress) => ({
    progress: progress.person.nombre === fifth ? withFirst(progress, 90) : progress,
  }));
}

const [fifth = '', eleventh = ''] = [5, 11].map((index) => XLSX_COURSE.alumnos[index]?.nombre);

const ALUMNOS = [
  'Código Oferta',
  'Código Grupo',
  'Curso',
  'RUT',
  'DV',
  'Nombre',
  'Tiempo conectividad',
  '% Avance',
  'Estado',
  'Fecha inicio',
  'Fecha término',
];
const MODULOS = [
  'RUT',
  'DV',
  'Código Módulo',
  'Tiempo conectividad',
  '% Avance',
  'Estado',
  'Fecha inicio',
  'Fecha término',
  'Nota módulo',
  'Actividades',
];

function alumnoRow({ progress }: XlsxStudent): Row {
  const { codigoOferta, codigoGrupo, nombre, fechaInicio, fechaFin } = XLSX_COURSE;
  const { porcentaje, segundos } = ofCourse(progress);
  const { person } = progress;
  return [
    codigoOferta,
    codigoGrupo,
    nombre,
    person.numero,
    person.dv,
    person.nombre,
    duration(segundos),
    percent(porcentaje),
    1,
    day(fechaInicio),
    day(fechaFin),
  ];
}

function moduloRows({ progress, only }: XlsxStudent): Row[] {
  return XLSX_COURSE.modulos.flatMap((modulo, index): Row[] => {
    const reached = progress.modulos[index];
    if (!reached || (only !== undefined && !only.includes(index))) return [];
    const { person } = progress;
    const nota = reached.porcentaje === 100 ? percent(60 + (person.numero % 41)) : null;
    return [
      [
        person.numero,
        person.dv,
        modulo.codigo,
        duration(reached.segundos),
        percent(reached.porcentaje),
        estadoOf(reached.porcentaje),
        day(modulo.fechaInicio),
        day(modulo.fechaFin),
        nota,
        modulo.actividades.join(' | '),
      ],
    ];
  });
}

function withFirst(progress: Progress, porcentaje: number): Progress {
  const [first, ...others] = progress.modulos;
  return first
    ? { ...progress, modulos: [{ segundos: Math.max(first.segundos, 5400), porcentaje }, ...others] }
    : progress;
}

function percent(value: number): Cell {
  return { value: value / 100, format: Number.isInteger(value) ? '0%' : '0.0%' };
}

function duration(seconds: number): Cell {
  return { value: seconds / 86_400, format: '[h]:mm:ss' };
}

function day(date: string): Cell {
  return { value: new Date(`${date}T00:00:00Z`), format: 'dd-mm-yyyy' };
}

function title(value: string): Cell {
  return { value, fontWeight: 'bold' };
}

function width(name: string): { width: number } {
  return { width: name.length + 6 };
}

/** The same bytes at any time and in any zone: a zip stores local clock times. */
function withoutClock(bytes: Uint8Array): Uint8Array {
  return zipSync(unzipSync(bytes), { mtime: new Date(2026, 0, 1) });
}
