import { readFigure } from '@puente-sic/protocol';
import type { Judging, ModuleTree } from '@puente-sic/sources';
import { hallazgoOf, retenidoOf } from '../explain.ts';
import { type Aceptado, recordKey } from '../ledger/aceptados.ts';
import { cursoSeen } from '../ledger/cursos.ts';
import { startsAt } from '../ledger/sin-rut.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { type Candidate, turnIn } from '../plan/candidates.ts';
import { withSaid } from '../plan/chosen.ts';
import { decisionsOf, recoded } from '../plan/decisions.ts';
import { type Assigned, gather } from '../plan/gather.ts';
import { courseKeyOf, planWithBasis } from '../plan/plan.ts';
import type { CursoConfig, Modo, PlanRequest, PoliticaDescenso } from '../request.ts';
import type { FallaFuente, Hallazgo, Retenido } from '../results.ts';

/** Null where a figure cannot be read. Percentages 0–100, times in seconds. */
export interface Cifras {
  porcentajeAvance: number | null;
  tiempoConectividad: number | null;
  estado: number | null;
}

export interface ModuloComparado {
  codigoModulo: string;
  /** As the source has it now; null: no longer. */
  ahora: Cifras | null;
  aceptado:
    | (Omit<Cifras, 'porcentajeAvance'> & {
        porcentajeAvance: number;
        cuando: Date;
        codigoEnvio: string | null;
        idProceso: number | null;
      })
    | null;
  /** What would be sent is not what SENCE has. */
  cambia: boolean;
  /** It would be part of a send made now. */
  seEnvia: boolean;
}

export interface AlumnoComparado {
  /** As it is written where it cannot be read; blank: the source has none. */
  rut: string;
  nombre: string | null;
  url: string | null;
  lugar: string | null;
  /** False: accepted once, and no longer in the source. */
  enLaFuente: boolean;
  ahora: Cifras | null;
  modulos: ModuloComparado[];
  retenidos: Retenido[];
}

/** One module with the activities that students see in it. */
export interface ModuloDelCurso {
  codigoModulo: string;
  titulo: string;
  /** `exigida`: counts for progress; the rest is complementary. */
  actividades: { nombre: string; tipo: string; exigida: boolean; sincronica: boolean }[];
}

/** What puente.yaml says by hand of a course; null where it leaves it to the source. */
export interface Mapeo {
  /** As the source names it. */
  curso: string;
  codigoOferta: string | null;
  codigoGrupo: string | null;
  /** The LMS's group that was taken. */
  grupo: string | null;
  /** A section's name or id → codigoModulo; blank text: it is no module. */
  modulos: Record<string, string> | null;
}

/** A course as its source has it now beside what SENCE accepted last; and what a send made now would do. */
export interface CursoComparado extends CourseKey {
  titulo: string;
  url: string | null;
  fuente: string;
  fechaInicio: string | null;
  fechaFin: string | null;
  /** `lectura`: how the source judged the students; null where it brings every figure itself. */
  reglas: { descenso: PoliticaDescenso; modo: Modo; version: 1 | 2; lectura: Judging | null };
  /** Null: its entry in puente.yaml is not there, every code comes from the source. */
  mapeo: Mapeo | null;
  /** Null: the source does not say. */
  modulos: ModuloDelCurso[] | null;
  /** Counts of student × module records. */
  prevision: {
    alumnos: number;
    registros: number;
    cambiados: number;
    retenidos: number;
    llamadas: number;
    /** At SENCE already tonight with the same values, and left out. */
    yaEnviados: number;
  };
  alumnos: AlumnoComparado[];
  /** Held for the course as a whole. */
  retenidos: Retenido[];
  hallazgos: Hallazgo[];
  fallas: FallaFuente[];
}

/**
 * Reads one course from its source and compares it, student by student. Never calls the Gestor, writes nothing.
 * Null course: the source does not give it; `fallas` says why.
 */
export async function compareCourse(
  request: PlanRequest,
  key: CourseKey,
): Promise<{ curso: CursoComparado | null; fallas: FallaFuente[] }> {
  const filters = { curso: key.codigoOferta, grupo: key.codigoGrupo };
  const asked = { ...(await withSaid(request)), filters };
  const from = async (sources: PlanRequest['sources']) => {
    const { courses, fallas } = await gather({ ...asked, sources });
    const assigned = courses.find((course) => courseKeyOf(course).rutOtec === key.rutOtec);
    return { curso: assigned ? await compared(assigned, request, fallas) : null, fallas };
  };
  // Where it came from the last time; only a course that is not there any more makes the others be read.
  const seen = await cursoSeen(request.ledger.db, key);
  const own = asked.sources.filter(({ name }) => name === seen?.fuente);
  const first = own.length === 0 ? null : await from(own);
  return first !== null && (first.curso !== null || own.length === asked.sources.length)
    ? first
    : from(asked.sources);
}

async function compared(
  assigned: Assigned,
  request: PlanRequest,
  fallas: FallaFuente[],
): Promise<CursoComparado> {
  const { tree, config, fuente } = assigned;
  const key = courseKeyOf(assigned);
  const { plan, candidates, known } = await planWithBasis(assigned, { ...request, filters: {} });
  await turnIn(tree);
  const going = new Map(
    plan.parts.flatMap(({ registros }) =>
      registros.map(({ rut, codigoModulo, huella }) => [recordKey(rut, codigoModulo), huella] as const),
    ),
  );
  // By student, once: a course of thousands is compared with thousands of rows.
  const acceptedOf = byRut([...known.aceptados.values()]);
  const decisions = decisionsOf(known.decisiones);
  const here = candidates
    .map((one) => recoded(one, decisions))
    .map((candidate) => studentOf(candidate, acceptedOf.get(candidate.rut) ?? [], going));
  const present = new Set<string | null>(here.map(({ rut }) => rut));
  const gone = [...acceptedOf].flatMap(([rut, rows]) =>
    rut === null || present.has(rut) ? [] : goneStudent(rut, rows),
  );
  const held = plan.held.map(({ issue }) => retenidoOf(issue));
  const heldOf = byRut(held);
  const alumnos = [...here, ...gone].map((alumno) => ({
    ...alumno,
    retenidos: alumno.rut === '' ? heldAt(alumno.lugar, heldOf.get(null)) : (heldOf.get(alumno.rut) ?? []),
  }));
  const shown = new Set(alumnos.flatMap(({ retenidos }) => retenidos));
  const modulos = alumnos.flatMap((alumno) => alumno.modulos);
  return {
    ...key,
    titulo: tree.title,
    url: tree.url ?? null,
    fuente,
    fechaInicio: tree.fechaInicio ?? null,
    fechaFin: tree.fechaFin ?? null,
    reglas: {
      descenso: config?.descenso ?? 'omitir',
      modo: config?.modo ?? request.modo ?? 'completo',
      version: request.version,
      lectura: tree.judging ?? null,
    },
    mapeo: config && mapeoOf(config),
    modulos: tree.modules?.map(moduloDelCurso) ?? null,
    prevision: {
      alumnos: plan.parts.reduce((sum, { curso }) => sum + curso.listaAlumnos.length, 0),
      registros: plan.parts.reduce((sum, { registros }) => sum + registros.length, 0),
      cambiados: modulos.filter(({ cambia, seEnvia }) => cambia && seEnvia).length,
      retenidos: plan.held.reduce((sum, { records }) => sum + records, 0),
      llamadas: plan.parts.length,
      yaEnviados: plan.alreadyThere.length,
    },
    alumnos,
    retenidos: held.filter((one) => !shown.has(one)),
    hallazgos: [...plan.findings, ...plan.parts.flatMap(({ warnings }) => warnings)].map(hallazgoOf),
    fallas,
  };
}

function mapeoOf({ curso, codigoOferta, codigoGrupo, grupo, modulos }: CursoConfig): Mapeo {
  return {
    curso,
    codigoOferta: codigoOferta ?? null,
    codigoGrupo: codigoGrupo ?? null,
    grupo: grupo ?? null,
    modulos: modulos ?? null,
  };
}

function moduloDelCurso({ codigoModulo, title, activities }: ModuleTree): ModuloDelCurso {
  return {
    codigoModulo,
    titulo: title,
    actividades: activities.map(({ name, type, required, synchronous }) => ({
      nombre: name,
      tipo: type,
      exigida: required,
      sincronica: synchronous,
    })),
  };
}

/** Of somebody without any RUT: what is held where the person stands in the source. */
function heldAt(lugar: string | null, held: readonly Retenido[] = []): Retenido[] {
  return held.filter((one) => startsAt(one.lugar, lugar));
}

function byRut<Row extends { rut: string | null }>(rows: readonly Row[]): Map<string | null, Row[]> {
  const grouped = new Map<string | null, Row[]>();
  for (const row of rows) {
    const own = grouped.get(row.rut);
    if (own === undefined) grouped.set(row.rut, [row]);
    else own.push(row);
  }
  return grouped;
}

function studentOf(
  { rut, student, alumno, modulos }: Candidate,
  accepted: readonly Aceptado[],
  going: ReadonlyMap<string, string>,
): Omit<AlumnoComparado, 'retenidos'> {
  const here = modulos.map(({ codigoModulo, modulo }): ModuloComparado => {
    const former = accepted.find((row) => row.codigoModulo === codigoModulo);
    const hash = going.get(recordKey(rut, codigoModulo));
    const ahora = cifrasOf(modulo);
    return {
      codigoModulo,
      ahora,
      aceptado: former ? aceptadoOf(former) : null,
      cambia:
        former === undefined ||
        differs(ahora, former) ||
        (hash !== undefined && former.huella !== null && hash !== former.huella),
      seEnvia: hash !== undefined,
    };
  });
  const present = new Set(here.map(({ codigoModulo }) => codigoModulo));
  const gone = accepted.filter((row) => !present.has(row.codigoModulo));
  return {
    rut,
    nombre: student.name ?? null,
    url: student.place?.url ?? null,
    lugar: student.place?.text ?? null,
    enLaFuente: true,
    ahora: cifrasOf(alumno),
    modulos: [...here, ...gone.map(goneModule)],
  };
}

function goneStudent(rut: string, accepted: readonly Aceptado[]): Omit<AlumnoComparado, 'retenidos'> {
  const modulos = accepted.map(goneModule);
  return { rut, nombre: null, url: null, lugar: null, enLaFuente: false, ahora: null, modulos };
}

function goneModule(row: Aceptado): ModuloComparado {
  const { codigoModulo } = row;
  return { codigoModulo, ahora: null, aceptado: aceptadoOf(row), cambia: false, seEnvia: false };
}

function aceptadoOf(row: Aceptado): NonNullable<ModuloComparado['aceptado']> {
  const { porcentajeAvance, tiempoConectividad, estado, codigoEnvio, idProceso, cuando } = row;
  return { porcentajeAvance, tiempoConectividad, estado, codigoEnvio, idProceso, cuando: new Date(cuando) };
}

function cifrasOf(draft: Candidate['alumno'] | Candidate['modulos'][number]['modulo']): Cifras {
  return {
    porcentajeAvance: readFigure(draft.porcentajeAvance),
    tiempoConectividad: readFigure(draft.tiempoConectividad),
    estado: readFigure(draft.estado),
  };
}

/** Figures that SENCE is not known to have do not count. */
function differs(ahora: Cifras, former: Aceptado): boolean {
  return (['porcentajeAvance', 'tiempoConectividad', 'estado'] as const).some(
    (figure) => former[figure] !== null && ahora[figure] !== null && ahora[figure] !== former[figure],
  );
}
