import { type Hallazgo, hallazgoOf } from '@puente-sic/engine';
import { validateEnvio } from '@puente-sic/protocol';

/** Findings of one or several API bodies, with their paths in the file. */
export function validateBodies(value: unknown): Hallazgo[] {
  if (!Array.isArray(value) || value.length === 0) return validateEnvio(value).map(hallazgoOf);
  return value.flatMap((body, index) =>
    validateEnvio(body).map((issue) => hallazgoOf({ ...issue, path: below(index, issue.path) })),
  );
}

function below(index: number, path: string): string {
  return path === '' || path.startsWith('[') ? `[${index}]${path}` : `[${index}].${path}`;
}

/** Whether a JSON value is meant as API bodies; rows of a table name their student in themselves. */
export function meansBodies(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0 || value.some(meansBodies);
  if (typeof value !== 'object' || value === null) return true;
  if ('listaAlumnos' in value) return true;
  return !('rutAlumno' in value) && !Object.values(value).some(isTable);
}

function isTable(value: unknown): boolean {
  return Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
}
