import type { Issue } from '@puente-sic/protocol';

/**
 * What is said of a module's list of activities is said of the module: everybody's list is the same one, so a fault
 * in it is one finding and not one per student. So is a course that has ended, while it is still reported. All else
 * stays.
 */
export function onePerModule(issues: readonly Issue[]): Issue[] {
  const repeated = new Map<string, Issue[]>();
  const told = issues.filter((issue) => {
    const key = keyOf(issue);
    if (key === null) return true;
    const others = repeated.get(key);
    if (others) others.push(issue);
    else repeated.set(key, []);
    return others === undefined;
  });
  return told.map((issue) => {
    const more = repeated.get(keyOf(issue) ?? '')?.length ?? 0;
    if (more === 0) return issue;
    const whom = more === 1 ? 'otro alumno' : `otros ${more} alumnos`;
    return { ...issue, message: `${issue.message} Lo mismo en ${whom}.` };
  });
}

/** Null: about something else. */
function keyOf({ path, codigoModulo, fix }: Issue): string | null {
  if (path.endsWith('.fechaEjecucion')) return JSON.stringify(['fechaEjecucion', fix]);
  const at = path.indexOf('.listaActividades');
  return at < 0 ? null : JSON.stringify([codigoModulo ?? null, path.slice(at), fix]);
}
