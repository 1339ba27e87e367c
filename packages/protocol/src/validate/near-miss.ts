import { joinPath } from '../path.ts';
import { Actividad, Alumno, Envio, Modulo } from '../schemas/envio.ts';
import type { Part } from './field.ts';
import { shorten } from './show.ts';

const FIELDS = {
  curso: Object.keys(Envio.shape),
  alumno: Object.keys(Alumno.shape),
  modulo: Object.keys(Modulo.shape),
  actividad: Object.keys(Actividad.shape),
};

/** Fields that the service would ignore and whose name is almost that of one it knows: a typing mistake. */
export function checkNames(part: Part, kind: keyof typeof FIELDS): void {
  const known = FIELDS[kind];
  let told = 0;
  for (const name of Object.keys(part.value)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    if (meant === null) continue;
    part.report.warn(
      null,
      joinPath(part.path, name),
      `En ${part.name} hay un campo «${shorten(name)}» que el servicio no conoce y no leerá; se parece a «${meant}».`,
      `Escriba el nombre exactamente así: ${meant}.`,
    );
    told += 1;
    if (told === MAX_TOLD) return;
  }
}

/** One object with many odd names is not a typing mistake. */
const MAX_TOLD = 20;

/** The known name that differs only in case, accents and signs, or in a few letters. */
function nearest(name: string, known: readonly string[]): string | null {
  if (name.length > 60) return null;
  const plain = fold(name);
  let best: string | null = null;
  let least = 4;
  for (const candidate of known) {
    const distance = editDistance(
      plain,
      fold(candidate),
      candidate.length > 16 ? 3 : candidate.length > 8 ? 2 : 1,
    );
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

function fold(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase();
}

/** Letters to change, add or remove between two words; Infinity above `limit`. */
function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(one).entries()) {
    const current = [row + 1];
    for (let column = 0; column < other.length; column += 1) {
      const replaced = (previous[column] ?? 0) + (letter === other[column] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  const distance = previous[other.length] ?? Number.POSITIVE_INFINITY;
  return distance <= limit ? distance : Number.POSITIVE_INFINITY;
}
