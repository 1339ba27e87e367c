/** Path of a field or list item below `parent`: `listaAlumnos[0].rutAlumno`; odd names as `["odd name"]`. */
export function joinPath(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** Whether a path (of an {@link Issue}) leads to something that the body has. `` is the body itself. */
export function pathExists(body: unknown, path: string): boolean {
  let value = body;
  const steps = path.matchAll(/\.?([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gsy);
  let read = 0;
  for (const [step, name, index, quoted] of steps) {
    const key = name ?? index ?? String(JSON.parse(quoted ?? '""'));
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
    read += step.length;
  }
  return read === path.length;
}
