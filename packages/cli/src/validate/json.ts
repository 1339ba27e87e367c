import { type Hallazgo, hallazgoOf } from '@puente-sic/engine';
import { validateEnvio } from '@puente-sic/protocol';
import { isJsonRow, type Reading } from '@puente-sic/sources';

/** Findings of one or several API bodies, with their paths in the file. */
export function validateBodies(value: unknown): Hallazgo[] {
  if (!Array.isArray(value) || value.length === 0) return validateEnvio(value).map(hallazgoOf);
  return value.flatMap((body, index) =>
    validateEnvio(body).map((issue) => hallazgoOf({ ...issue, path: below(index, issue.path) })),
  );
}

/**
 * What only the reading of the file tells, and holds back when it is sent: a key or a student twice, a code with
 * letters that nobody sees. Its errors of form are those of {@link validateBodies}.
 */
export function toldBySource({ courses, findings }: Reading): Hallazgo[] {
  const ofStudents = courses.flatMap(({ students }) =>
    students.flatMap(({ held, heldModules = [] }) => [...held, ...heldModules]),
  );
  const told = [...findings, ...courses.flatMap((course) => course.findings)];
  return [...ofStudents, ...told.filter(({ severity }) => severity === 'warning')].map((issue) => ({
    ...hallazgoOf(issue),
    ruta: issue.place ?? issue.path,
  }));
}

function below(index: number, path: string): string {
  return path === '' || path.startsWith('[') ? `[${index}]${path}` : `[${index}].${path}`;
}

/** Whether a JSON value is meant as API bodies; rows of a table name their student in themselves. */
export function meansBodies(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length === 0 || value.some((item) => !isTabular(item))
    : !isTabular(value);
}

/** A row of a table, or sheets of rows. */
function isTabular(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || 'listaAlumnos' in value) return false;
  return (
    isJsonRow(value) || Object.values(value).some((items) => Array.isArray(items) && items.some(isObject))
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
