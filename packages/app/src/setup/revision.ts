import {
  type CursoConfig,
  type Ledger,
  type PreviewResult,
  preview,
  type Retenido,
  selectionOf,
} from '@puente-sic/engine';
import type {
  EntityReview,
  Rehearsal,
  Source,
  StandIn,
  StudentExplanation,
  Trial,
} from '@puente-sic/sources';
import type { Settings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { type FuenteEntidades, openEntities, type Place } from '../sources.ts';
import { type HallazgoPesado, weighed } from '../weighed.ts';
import { isPersonal, masked, maskedSample } from './masked.ts';
import { type DeDonde, originsOf } from './origins.ts';
import type { EntidadRevisada, Huerfano, OtrosLms } from './shapes/revision.ts';

/** A source by entities as it would be kept: what of it is understood, and one student as SENCE would get them. */
export interface RevisionDeFuente {
  /** Nothing stands against keeping it: it can be read, and what would be sent passes. */
  sePuedeGuardar: boolean;
  mensaje: string;
  queHacer: string;
  entidades: EntidadRevisada[];
  huerfanos: Huerfano[];
  cursos: EntityReview['courses'];
  hallazgos: HallazgoPesado[];
  /** Null: it cannot be read well enough, or it has no course. */
  ensayo: EnsayoDeFuente | null;
}

/** One course as it would be sent now. Nothing is. */
export interface EnsayoDeFuente {
  curso: string;
  titulo: string;
  /** What a person chooses where courses are chosen; the body has a stand-in for it. */
  porElegir: StandIn[];
  alumnos: number;
  retenidos: Retenido[];
  /** Some of those who would be sent, to choose from. */
  personas: { rut: string; nombre: string | null }[];
  /** Null: nobody would be sent. */
  persona: PersonaEnsayada | null;
}

export interface PersonaEnsayada {
  rut: string;
  nombre: string | null;
  /** As SENCE would get it, of this student alone and without token. */
  cuerpo: object;
  deDonde: DeDonde[];
  explicacion: StudentExplanation | null;
}

export interface RevisionAsked {
  settings: Settings;
  place: Place;
  ledger: Ledger;
  at: Date;
  signal: AbortSignal;
  /** Queries that no file holds yet. */
  texto: string | undefined;
  curso?: string | undefined;
  rut?: string | undefined;
}

/** More names than these nobody looks through. */
const MOST_PEOPLE = 200;

/** Reads a source whole and tells of it. @throws SourceError where it cannot be opened. */
export async function reviseFuente(fuente: FuenteEntidades, asked: RevisionAsked): Promise<RevisionDeFuente> {
  const { settings, place, at, signal, texto, curso } = asked;
  const own = (settings.cursos ?? []).filter((one) => one.fuente === fuente.nombre);
  const source = await openEntities(fuente, place, texto);
  try {
    const rehearsal = await source.rehearse({
      ...{ at, signal },
      ...(own.length > 0 && { courses: own }),
      ...(curso !== undefined && { curso }),
    });
    return await toldOf(rehearsal, fuente.nombre, asked);
  } finally {
    await source.close();
  }
}

/** @throws Failure for a source that must not take the place of what is in force. */
export function requirePassing({ sePuedeGuardar, mensaje, queHacer }: RevisionDeFuente): void {
  if (!sePuedeGuardar) throw new Failure(mensaje, queHacer);
}

/** The LMSs that Puente knows the queries of, and texts to begin one's own with. */
export async function otrosLms(): Promise<OtrosLms> {
  const { querySkeleton, RECIPES, STARTERS } = await import('@puente-sic/sources');
  return {
    recetas: Object.entries(RECIPES).map(([receta, { title, engines, parameters }]) => ({
      ...{ receta, titulo: title, motores: engines.map((engine) => engine.replace('://', '')) },
      parametros: Object.entries(parameters).map(([nombre, { about, preset }]) => ({
        ...{ nombre, que: about, usual: preset },
      })),
    })),
    modelos: [
      { nombre: 'una plataforma propia', texto: querySkeleton() },
      ...STARTERS.map(({ name, sql }) => ({ nombre: name, texto: sql })),
    ],
  };
}

async function toldOf(
  { review, orphans, trial }: Rehearsal,
  nombre: string,
  asked: RevisionAsked,
): Promise<RevisionDeFuente> {
  const hallazgos = await weighed(review.diagnoses);
  const common = {
    entidades: await entidadesOf(review),
    huerfanos: orphans.map(({ curso, what, outcome, names }) => ({
      ...{ curso, que: what, consecuencia: outcome, cuantos: names.length },
      ejemplos: names.slice(0, 5).map((name) => (isPersonal(name) ? masked(name) : name)),
    })),
    ...{ cursos: review.courses, hallazgos },
  };
  const [otec] = asked.settings.otecs;
  if (trial === null) return { ...common, ...unread(review), ensayo: null };
  if (otec === undefined) return { ...common, ...NO_OTEC, ensayo: null };
  const previa = await previewOf(trial, nombre, { ...asked, otec: otec.rut });
  return { ...common, ...verdictOf(previa, trial), ensayo: ensayoOf(previa, trial, review, asked.rut) };
}

const NO_OTEC = {
  sePuedeGuardar: false,
  mensaje: 'Se puede leer. Falta la OTEC para mostrar lo que recibiría SENCE.',
  queHacer: 'Vuelva al paso «OTEC», y después mire aquí otra vez.',
};

function unread({ entities, diagnoses: [first] }: EntityReview) {
  const unknown = entities.find(({ trouble, names }) => trouble !== null && names.length > 0);
  if (unknown && first?.issue.message === unknown.trouble?.message)
    return {
      sePuedeGuardar: false,
      mensaje: first?.issue.message ?? '',
      queHacer: `Diga más abajo, en «${unknown.entity}», qué columna es, o corríjala en la consulta o el archivo.`,
    };
  const rows = entities.find(({ entity }) => entity === 'cursos')?.rows ?? 0;
  if (first !== undefined && (rows > 0 || first.issue.severity === 'error'))
    return { sePuedeGuardar: false, mensaje: first.issue.message, queHacer: first.issue.fix };
  return {
    sePuedeGuardar: false,
    mensaje: 'Se puede leer, pero no trae ningún curso.',
    queHacer: 'Revise lo que entrega «cursos»: debe traer una fila por curso.',
  };
}

async function previewOf(
  { reading, selections }: Trial,
  nombre: string,
  { ledger, at, signal, settings, otec }: RevisionAsked & { otec: string },
): Promise<PreviewResult> {
  const source: Source = {
    name: nombre,
    listCourses: async () => [],
    read: async () => reading,
    close: async () => {},
  };
  const cursos = selections.map((one): CursoConfig => ({ ...selectionOf(one), fuente: nombre, otec }));
  return preview({
    ...{ ledger, at, signal, sources: [source], otecs: [{ rut: otec, token: '' }], cursos },
    ...{ version: settings.version === '1' ? 1 : 2, repetir: true },
  });
}

function studentsOf({ cursos }: PreviewResult) {
  return cursos.flatMap(({ cuerpo }) => cuerpo?.listaAlumnos ?? []);
}

function verdictOf(previa: PreviewResult, { title }: Trial) {
  const students = studentsOf(previa);
  const held = previa.cursos.flatMap(({ retenidos }) => retenidos);
  const against = [
    ...previa.fallas,
    ...previa.noEntregados.filter(({ causa }) => causa !== 'sin-alumnos'),
    ...held,
  ];
  const [first] = against;
  if (students.length > 0) {
    const who = students.length === 1 ? '1 persona' : `${students.length} personas`;
    return {
      sePuedeGuardar: true,
      mensaje: `Se puede informar: de «${title}» SENCE recibiría a ${who}.`,
      queHacer:
        held.length === 0
          ? ''
          : `${held.length === 1 ? '1 dato queda retenido' : `${held.length} datos quedan retenidos`}: se muestran más abajo.`,
    };
  }
  if (first !== undefined) return { sePuedeGuardar: false, mensaje: first.mensaje, queHacer: first.queHacer };
  return {
    sePuedeGuardar: true,
    mensaje: `Se puede leer, y hoy no habría a quién informar de «${title}»: nadie está activo en esta fecha.`,
    queHacer: 'Si debería haber alguien, revise quién viene en «alumnos» y sus fechas. Si no, puede seguir.',
  };
}

function ensayoOf(
  previa: PreviewResult,
  trial: Trial,
  review: EntityReview,
  rut: string | undefined,
): EnsayoDeFuente {
  const students = studentsOf(previa).map((alumno) => ({
    alumno,
    rut: `${alumno.rutAlumno}-${alumno.dvAlumno}`,
  }));
  const names = new Map<string, string | null>(
    trial.reading.courses.flatMap((tree) =>
      tree.students.map(
        ({ alumno, name = null }) => [`${alumno.rutAlumno}-${alumno.dvAlumno}`, name] as const,
      ),
    ),
  );
  // Who has done something shows more than who has not.
  const chosen =
    students.find((one) => one.rut === rut) ??
    students.find(({ alumno }) => alumno.porcentajeAvance > 0 && alumno.tiempoConectividad > 0) ??
    students[0];
  const cuerpo =
    chosen && previa.cursos.find((one) => one.cuerpo?.listaAlumnos.includes(chosen.alumno))?.cuerpo;
  return {
    curso: trial.curso,
    titulo: trial.title,
    porElegir: trial.standIns,
    alumnos: students.length,
    retenidos: previa.cursos.flatMap(({ retenidos }) => retenidos),
    personas: students
      .slice(0, MOST_PEOPLE)
      .map((one) => ({ rut: one.rut, nombre: names.get(one.rut) ?? null })),
    persona: chosen && cuerpo ? personaOf(chosen, { ...cuerpo, listaAlumnos: [chosen.alumno] }) : null,
  };

  function personaOf(one: NonNullable<typeof chosen>, body: object): PersonaEnsayada {
    const explicacion = trial.explain(one.rut);
    return {
      rut: one.rut,
      nombre: names.get(one.rut) ?? null,
      cuerpo: body,
      deDonde: originsOf(one.alumno, explicacion, review, trial),
      explicacion,
    };
  }
}

async function entidadesOf({ entities }: EntityReview): Promise<EntidadRevisada[]> {
  const { CONTRACT, REQUIRED } = await import('@puente-sic/sources');
  return entities.map((survey) => {
    const { entity, place, rows, columns, names, trouble } = survey;
    const fields: Record<string, { about: string; required: boolean }> = CONTRACT[entity].fields;
    const seen = new Map(columns.map((column) => [column.field, column]));
    return {
      ...{ entidad: entity, que: CONTRACT[entity].about, obligatoria: REQUIRED.includes(entity) },
      ...{ lugar: place, filas: rows, nombres: [...names], muestra: maskedSample(survey) },
      columnas: Object.entries(fields).map(([campo, { about, required }]) => ({
        ...{ campo, que: about, obligatoria: required },
        columna: seen.get(campo)?.column ?? null,
        ilegibles: seen.get(campo)?.unreadable ?? 0,
      })),
      problema: trouble && { mensaje: trouble.message, queHacer: trouble.fix },
    };
  });
}
