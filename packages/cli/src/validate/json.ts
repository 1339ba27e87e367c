import type { Hallazgo } from '@puente-sic/engine';
import { type Issue, validateEnvio } from '@puente-sic/protocol';

/** Findings of one or several API bodies, with their paths in the file. */
export function validateBodies(value: unknown): Hallazgo[] {
  if (!Array.isArray(value) || value.length === 0) return validateBody(value);
  return value.flatMap((body, index) =>
    validateBody(body).map((hallazgo) => ({
      ...hallazgo,
      ruta: [`[${index}]`, hallazgo.ruta].filter(Boolean).join('.'),
    })),
  );
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

function validateBody(body: unknown): Hallazgo[] {
  return validateEnvio(body).map((issue) => toHallazgo(addedAtSend(issue, body)));
}

/** Who sends may be left out of a file: `enviar` adds it. Worth telling, since no other sender would. */
function addedAtSend(issue: Issue, body: unknown): Issue {
  const added = ['rutOtec', 'idSistema', 'token'].includes(issue.path);
  if (!added || typeof body !== 'object' || body === null || Object.hasOwn(body, issue.path)) return issue;
  return {
    ...issue,
    severity: 'warning',
    message: `El archivo no trae ${issue.path}.`,
    fix: 'Si envía con puente no hay nada que hacer: lo agrega al enviar. Otro programa tiene que agregarlo.',
  };
}

function toHallazgo(issue: Issue): Hallazgo {
  return {
    codigo: issue.code,
    ruta: issue.path,
    mensaje: issue.message,
    queHacer: issue.fix,
    gravedad: issue.severity === 'error' ? 'error' : 'aviso',
    ...(issue.rut !== undefined && { rut: issue.rut }),
    ...(issue.codigoModulo !== undefined && { codigoModulo: issue.codigoModulo }),
  };
}
