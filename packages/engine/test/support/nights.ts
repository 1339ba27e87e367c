import type {
  CourseTree,
  NotGiven,
  NotGivenCause,
  OtherCourse,
  ReadRequest,
  Source,
} from '@puente-sic/sources';
import { OTEC, type World } from '@puente-sic/testing';
import { type NightRunner, nightRunner, type Provider, type ServeEvent } from '../../src/index.ts';
import type { Defect } from '../../src/serve/types.ts';

/** What a service told in a test. */
export interface Told {
  events: ServeEvent[];
  defects: Defect[];
}

export function runnerOf(world: World, told: Told, more: Partial<Provider> = {}): NightRunner {
  const { sources, ledger, version, clock, clientFor } = world.request();
  return nightRunner(
    { otec: OTEC, sources, ...more },
    {
      ...{ ledger, version, clock, clientFor },
      onEvent: (event) => void told.events.push(event),
      onDefect: (defect) => void told.defects.push(defect),
    },
  );
}

/** Lets the clock go on, with the question of every so many minutes. */
export async function until(
  world: World,
  instant: string | Date,
  runners: readonly NightRunner[],
  stepMinutes = 5,
): Promise<void> {
  const end = new Date(instant).getTime();
  for (;;) {
    await Promise.all(runners.map((item) => item.tick()));
    if (world.time.now.getTime() >= end) return;
    world.time.now = new Date(Math.min(end, world.time.now.getTime() + stepMinutes * 60_000));
  }
}

/** A source by the contract: each course asked for is given or told, with what was asked of it in the order of asking. */
export function contractSource(
  courses: () => CourseTree[],
  {
    name = 'aula',
    causes = () => new Map(),
  }: { name?: string; causes?: () => Map<string, NotGivenCause> } = {},
): Source & { reads: (string[] | null)[] } {
  const reads: (string[] | null)[] = [];
  const notGiven = (curso: string, asked: NotGiven['asked'], cause: NotGivenCause): NotGiven => ({
    ...{ curso, asked, cause },
    issues: [
      {
        ...{ code: null, path: '', scope: 'call', severity: 'error' },
        ...{ message: `El curso «${curso}» no se puede leer.`, fix: 'Revise el archivo.' },
      },
    ],
  });
  return {
    name,
    reads,
    listCourses: async () => {
      throw new Error('The night reads once and lists nothing');
    },
    read: async ({ courses: wanted }: ReadRequest) => {
      reads.push(wanted?.map(({ curso }) => curso) ?? null);
      const bad = causes();
      const has = courses().filter(({ id }) => !bad.has(id));
      if (wanted === undefined) {
        const told = courses().flatMap(({ id }) => {
          const cause = bad.get(id);
          return cause === undefined || cause === 'missing' ? [] : notGiven(id, null, cause);
        });
        return { courses: has, notGiven: told, findings: [] };
      }
      const missing = wanted.filter(({ curso }) => !has.some(({ id }) => id === curso));
      return {
        courses: has.filter(({ id }) => wanted.some(({ curso }) => curso === id)),
        notGiven: missing.map((asked) => notGiven(asked.curso, asked, bad.get(asked.curso) ?? 'missing')),
        findings: [],
        others: has.filter(({ id }) => !wanted.some(({ curso }) => curso === id)).flatMap(otherOf),
      };
    },
    close: async () => {},
  };
}

/** Sources list what else they have without reading it: a course at which the code breaks breaks no list. */
function otherOf(tree: CourseTree): OtherCourse[] {
  try {
    const { id, name, title, codigoOferta, codigoGrupo, students } = tree;
    const codes = { codigoOferta: String(codigoOferta), codigoGrupo: String(codigoGrupo) };
    return [{ id, name, title, alumnos: students.length, ...codes }];
  } catch {
    return [];
  }
}
