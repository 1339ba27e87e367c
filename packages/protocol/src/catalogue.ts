import type { Scope } from './issue.ts';

/** One code of the service's table. Texts as in S (v1), 026–033 as in I (v2). */
export interface CatalogueEntry {
  /** The service's own text; placeholders in braces. */
  text: string;
  scope: Scope;
  /** What it means, in plain Spanish. */
  meaning: string;
  /** Likely causes in an OTEC's daily life, most frequent first, in Spanish. */
  causes: string[];
  /** What to do, in Spanish. */
  fix: string;
  /** The same in one English sentence, for developers. */
  english: string;
}

export type Codigo = keyof typeof CATALOGUE;

const entry = (scope: Scope, text: string): CatalogueEntry => ({
  scope,
  text,
  meaning: '',
  causes: [],
  fix: '',
  english: '',
});

/** Every official code, in order. `docs/errores.md` is generated from it. */
export const CATALOGUE = {
  '001': entry('call', 'Token invalido'),
  '002': entry('call', '{descripcion}'),
  '003': entry('call', 'El curso {codigoCurso} no se encuentra registrado'),
  '010': entry('modulo', 'El alumno {rutAlumno} no se encuentra registrado en el modulo {codigoModulo}'),
  '011': entry('alumno', 'El alumno {rutAlumno} no se encuentra registrado en este curso.'),
  '012': entry('alumno', 'El alumno {rutAlumno} no se encuentra registrado.'),
  '021': entry('alumno', 'alumno.tiempoConectividad invalido'),
  '022': entry('alumno', 'alumno.porcentajeAvance invalido'),
  '023': entry('modulo', 'modulo.tiempoConectividad invalido'),
  '024': entry('modulo', 'modulo.porcentajeAvance invalido'),
  '025': entry('modulo', 'modulo.porcentajeAvance debe ser mayor al anterior ({porcentajeAnterior})'),
  '026': entry('modulo', 'modulo.fechaInicio inválido'),
  '027': entry('modulo', 'modulo.fechaFin inválido'),
  '028': entry('modulo', 'modulo.notaModulo inválido'),
  '029': entry('modulo', 'modulo.cantActividadSincronica inválido'),
  '030': entry('modulo', 'modulo.cantActividadAsincronica inválido'),
  '031': entry('alumno', 'alumno.evaluacionFinal inválido'),
  '032': entry('call', 'curso.cantActividadSincronica inválido'),
  '033': entry('call', 'curso.cantActividadAsincronica inválido'),
} satisfies Record<string, CatalogueEntry>;

/** Whether a text is a code of the official table. */
export function isCodigo(text: unknown): text is Codigo {
  return typeof text === 'string' && Object.hasOwn(CATALOGUE, text);
}

/** The service's text of a code with its placeholders filled in. */
export function messageOf(code: Codigo, values: Record<string, string> = {}): string {
  return CATALOGUE[code].text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
