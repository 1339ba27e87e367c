import { dayOf, isFecha } from './dates.ts';
import { readFigure } from './figures.ts';
import { isJsonObject, type JsonObject, own, ownList, readCode } from './json.ts';

/** The parts of a record that are compared: a student, or a student and one of the modules. */
type Parts = readonly JsonObject[];

/**
 * Those of `items` that an echo is of. An echo repeats what was sent and may add fields and write numbers as text: of
 * several that it repeats in full, those of which it repeats most. Where it has dropped fields, those that agree in
 * all that is left.
 */
export function echoedBy<Item>(items: readonly Item[], echo: Parts, partsOf: (item: Item) => Parts): Item[] {
  const whole = items.filter((item) => partsOf(item).every((part, at) => isIn(part, echo[at], true)));
  const most = Math.max(...whole.map((item) => sizeOf(partsOf(item))));
  return whole.length > 0
    ? whole.filter((item) => sizeOf(partsOf(item)) === most)
    : items.filter((item) => partsOf(item).every((part, at) => isIn(part, echo[at], false)));
}

/** Whether all items differ in nothing, so that what holds for one holds for all. False for none. */
export function alike<Item>(items: readonly Item[], partsOf: (item: Item) => Parts): boolean {
  const [first] = items;
  if (first === undefined) return false;
  const parts = partsOf(first);
  return items.every((item) =>
    partsOf(item).every((part, at) => isIn(part, parts[at], true) && isIn(parts[at], part, true)),
  );
}

/** The codes of a student's modules, as text. */
export function modulesOf(alumno: JsonObject): string[] {
  return (ownList(alumno, 'listaModulos') ?? []).map((modulo) => readCode(own(modulo, 'codigoModulo')) ?? '');
}

/** Whether every plain value of `part` is in `echo` too; `whole`: also none may be missing there. */
function isIn(part: JsonObject | undefined, echo: JsonObject | undefined, whole: boolean): boolean {
  if (!part || !echo) return !whole;
  return Object.keys(part).every((key) => {
    const left = own(part, key);
    const right = own(echo, key);
    if (right === undefined) return !whole || left === undefined;
    return isNested(left) || isNested(right)
      ? isNested(left) === isNested(right)
      : sameValue(left, right, key);
  });
}

function sameValue(left: unknown, right: unknown, key: string): boolean {
  if (left === right) return true;
  if (isFecha(left) && isFecha(right)) return dayOf(left) === dayOf(right);
  if (key === 'dvAlumno') return String(left).toUpperCase() === String(right).toUpperCase();
  const figure = readFigure(left);
  return figure === null ? String(left) === String(right) : figure === readFigure(right);
}

function sizeOf(parts: Parts): number {
  return parts.reduce((sum, part) => sum + Object.keys(part).length, 0);
}

function isNested(value: unknown): boolean {
  return Array.isArray(value) || isJsonObject(value);
}
