/** Path of a field or list item below `parent`: `listaAlumnos[0].rutAlumno`; odd names as `["odd name"]`. */
export function joinPath(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** The names and indexes that a path (of an {@link Issue}) leads through; null where it is no path. */
export function readPath(path: string): string[] | null {
  const keys: string[] = [];
  let read = 0;
  for (const [step, name, index, quoted] of path.matchAll(STEP)) {
    keys.push(name ?? index ?? String(JSON.parse(quoted ?? '""')));
    read += step.length;
  }
  return read === path.length ? keys : null;
}

/** Whether a path (of an {@link Issue}) leads to something that the body has. `` is the body itself. */
export function pathExists(body: unknown, path: string): boolean {
  const keys = readPath(path);
  let value = body;
  for (const key of keys ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return keys !== null;
}

const STEP = /\.?([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gsy;
