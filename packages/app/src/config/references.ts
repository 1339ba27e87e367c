import { nameOf, type Problem } from './problem.ts';

// Where a text of puente.yaml may name a variable. Everywhere else `${…}` is what it looks like: whatever may be shown,
// logged or sent to another place must not be able to name a secret.

const PLACES = [
  'otecs.*.token',
  'otecs.*.alertas.*.clave',
  'otecs.*.alertas.*.url',
  'fuentes.*.token',
  'fuentes.*.clave',
  'fuentes.*.webhook.clave',
  'fuentes.*.webhook.url',
  'fuentes.*.tiempo.baseDeDatos.url',
];

/** Whether what stands at a path may be, or hold, a reference; `kindOf` gives a source's `tipo`. */
export function mayRefer(
  path: readonly PropertyKey[],
  kindOf: (position: PropertyKey | undefined) => unknown,
): boolean {
  const place = path.map((step) => (typeof step === 'number' ? '*' : String(step))).join('.');
  // The address of a site is shown and called; that of a database holds a password.
  if (place === 'fuentes.*.url') return ['moodle-bd', 'sql'].includes(String(kindOf(path[1])));
  return PLACES.includes(place);
}

/** Variables with which puente itself is told its key and its folder: no value of the file. */
export function isOwn(variable: string): boolean {
  return /^PUENTE_/i.test(variable);
}

export function ownVariable(path: readonly PropertyKey[], variable: string): Problem {
  const message = `${nameOf(path)} nombra ${variable}; las variables que comienzan con PUENTE_ son del propio puente: dé a esta otro nombre`;
  return { path, message };
}

export function takenAsText(path: readonly PropertyKey[]): Problem {
  return { path, message: `${nameOf(path)} nombra una variable, y ${AS_TEXT}` };
}

export const AS_TEXT =
  'aquí no se reemplaza: se usa el texto tal cual (se reemplazan en los tokens, las claves, y las direcciones de una base de datos y de un webhook)';
