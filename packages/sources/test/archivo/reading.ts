import type { ColumnAnswers, CourseTree, Reading, ReadRequest } from '../../src/index.ts';
import { archivoSource } from '../../src/index.ts';

/** What the source makes of some bytes or text, as if it were a file of that name. */
export function read(
  content: string | Uint8Array,
  ruta = 'avance.csv',
  request: Partial<ReadRequest> = {},
  columnas: ColumnAnswers = {},
): Promise<Reading> {
  const contenido = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return archivoSource({ name: 'planillas', ruta, contenido, columnas }).read({
    at: new Date('2026-11-23T22:30:00-03:00'),
    ...request,
  });
}

/** The only course of a reading. */
export async function readOne(...args: Parameters<typeof read>): Promise<CourseTree & { told: string[] }> {
  const { courses, findings } = await read(...args);
  const [course] = courses;
  if (course === undefined || courses.length > 1)
    throw new Error(`${courses.length} courses: ${findings.map(({ message }) => message).join(' ')}`);
  return { ...course, told: [...findings, ...course.findings].map(({ message }) => message) };
}

export const FLAT_HEADER = [
  'codigoOferta',
  'codigoGrupo',
  'rutAlumno',
  'tiempoConectividad',
  'porcentajeAvance',
  'fechaInicio',
  'fechaFin',
  'codigoModulo',
  'moduloTiempoConectividad',
  'moduloPorcentajeAvance',
  'moduloFechaInicio',
  'moduloFechaFin',
  'actividades',
] as const;

type FlatColumn = (typeof FLAT_HEADER)[number];

/** A good row of the flat template, with what is said otherwise. */
export function flatRow(changes: Partial<Record<FlatColumn, string>> = {}): Record<FlatColumn, string> {
  return {
    codigoOferta: 'OF-1',
    codigoGrupo: 'GR-1',
    rutAlumno: '12.345.678-5',
    tiempoConectividad: '7200',
    porcentajeAvance: '50',
    fechaInicio: '2026-10-05',
    fechaFin: '2026-12-18',
    codigoModulo: 'MOD-1',
    moduloTiempoConectividad: '3600',
    moduloPorcentajeAvance: '40',
    moduloFechaInicio: '2026-10-05',
    moduloFechaFin: '2026-11-06',
    actividades: 'Foro de bienvenida|Tarea 1',
    ...changes,
  };
}

/** Rows as a CSV with semicolons, as they stand: nothing is quoted. */
export function csv(rows: Record<string, string>[], header: readonly string[] = FLAT_HEADER): string {
  return [header.join(';'), ...rows.map((row) => header.map((name) => row[name] ?? '').join(';'))].join(
    '\r\n',
  );
}
