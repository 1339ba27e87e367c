import type { Kysely } from 'kysely';
import { SIN_GRUPO } from '../history/accepted.ts';
import { cursosSeen } from '../ledger/cursos.ts';
import { cursosNuevos } from '../ledger/cursos-nuevos.ts';
import { courseDecisions } from '../ledger/decisiones.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import type { CursoConfig, Otec, PlanRequest } from '../request.ts';
import type { Hallazgo } from '../results.ts';
import { nameOf } from '../views/nights.ts';
import type { Assigned } from './gather.ts';
import { courseKeyOf } from './plan.ts';

/**
 * The courses to report: those that puente.yaml names, and those of which a person has said so since. Left out stays
 * left out: whatever the sources have.
 */
export async function withSaid<T extends { cursos?: CursoConfig[]; otecs: readonly Otec[]; ledger: Ledger }>(
  request: T,
): Promise<T> {
  const { cursos, otecs, ledger } = request;
  if (cursos === undefined) return request;
  const said = await Promise.all(otecs.map(({ rut }) => saidOf(ledger.db, rut)));
  return { ...request, cursos: joined(cursos, said.flat()) };
}

/** See {@link withSaid}; of a provider as the service runs it. */
export async function withSaidCourses<T extends { cursos?: CursoConfig[]; otec: Otec }>(
  db: Kysely<Tables>,
  provider: T,
): Promise<T> {
  const { cursos, otec } = provider;
  return cursos === undefined
    ? provider
    : { ...provider, cursos: joined(cursos, await saidOf(db, otec.rut)) };
}

async function saidOf(db: Kysely<Tables>, rutOtec: string): Promise<CursoConfig[]> {
  const said = new Set(
    (await courseDecisions(db, rutOtec)).flatMap((one) => (one.tipo === 'informar' ? nameOf(one) : [])),
  );
  if (said.size === 0) return [];
  return (await cursosNuevos(db, rutOtec)).flatMap((row) => {
    const { fuente, curso, codigoGrupo } = row;
    if (!said.has(nameOf(row))) return [];
    return { fuente, otec: rutOtec, curso, ...(codigoGrupo !== SIN_GRUPO && { codigoGrupo }) };
  });
}

function joined(named: CursoConfig[], said: readonly CursoConfig[]): CursoConfig[] {
  const isNamed = (one: CursoConfig) =>
    named.some(
      ({ fuente, otec, curso, grupo, codigoGrupo = grupo }) =>
        fuente === one.fuente &&
        otec === one.otec &&
        curso === one.curso &&
        (codigoGrupo === undefined || codigoGrupo === one.codigoGrupo),
    );
  return [...named, ...said.filter((one) => !isNamed(one))];
}

/**
 * Of a provider whose courses nothing names: which ones wait until a person says whether they are reported. None, until
 * somebody has decided so of a course; from then on each that was neither read by a night nor sent before.
 */
export async function waitingOf(
  db: Kysely<Tables>,
  rutOtec: string,
): Promise<(course: Omit<CourseKey, 'rutOtec'>) => boolean> {
  const decided = await courseDecisions(db, rutOtec);
  if (decided.length === 0) return () => false;
  const seen = await cursosSeen(db, rutOtec);
  // Before the first night none is older than another.
  if (seen.length === 0) return () => false;
  const known = new Set([...seen, ...decided].map(nameOf));
  // What the history alone tells may not say its group.
  const isKnown = (course: Omit<CourseKey, 'rutOtec'>) =>
    [course, { ...course, codigoGrupo: SIN_GRUPO }].some((one) => known.has(nameOf({ rutOtec, ...one })));
  return (course) => !isKnown(course);
}

/** A send of everything leaves those out that wait, and says so; whoever names the course has said that it goes. */
export async function apartFromWaiting(
  courses: readonly Assigned[],
  { cursos, filters, otecs, ledger }: Pick<PlanRequest, 'cursos' | 'filters' | 'otecs' | 'ledger'>,
): Promise<{ said: Assigned[]; waiting: Hallazgo[] }> {
  const [otec] = otecs;
  if (cursos !== undefined || filters?.curso !== undefined || otec === undefined)
    return { said: [...courses], waiting: [] };
  const waits = await waitingOf(ledger.db, otec.rut);
  const isWaiting = (assigned: Assigned) => waits(courseKeyOf(assigned));
  return {
    said: courses.filter((course) => !isWaiting(course)),
    waiting: courses.filter(isWaiting).map(({ tree }) => ({
      ...{ codigo: null, ruta: '', gravedad: 'aviso' as const },
      mensaje: `«${tree.title || tree.name}» es un curso nuevo y todavía no se informa: nadie ha dicho si se informa.`,
      queHacer: 'Dígalo en Hoy, en el panel.',
    })),
  };
}
