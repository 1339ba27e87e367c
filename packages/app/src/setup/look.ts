import { hallazgoOf } from '@puente-sic/engine';
import type {
  CourseTree,
  EntitySource,
  JudgedEntities,
  MoodleBd,
  MoodleWs,
  Source,
  SuggestedCourse,
} from '@puente-sic/sources';
import { isPrivate, LMS_BY_HTTP } from '../config/plain-http.ts';
import type { FuenteSettings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { openSource, type Place } from '../sources.ts';
import type { CursosSugeridos } from './contract.ts';
import type { CursoSugerido } from './shapes/cursos.ts';
import type { FuenteInstalada, PruebaDeFuente } from './shapes/fuentes.ts';
import type { ConexionDeFuente } from './shapes/revision.ts';

/** Reads a source as a person would try it: never throws for what is the source's own fault. */
export async function tryFuente(
  fuente: FuenteSettings,
  place: Place,
  signal: AbortSignal,
  texto?: string,
): Promise<PruebaDeFuente> {
  const failed = { bien: false, cursos: 0, ejemplos: [] };
  try {
    const forbidden = fuente.tipo === 'moodle-bd' ? await whatIsForbidden(fuente, signal) : null;
    if (forbidden !== null) return { ...failed, ...forbidden };
    const source = await openSource(fuente, place, texto);
    try {
      const courses = await source.listCourses(signal);
      const http =
        fuente.tipo === 'moodle-ws' && !isPrivate(fuente.url) ? `La dirección ${LMS_BY_HTTP}.` : '';
      return {
        bien: true,
        mensaje:
          courses.length === 0
            ? 'Se puede leer, pero todavía no tiene ningún curso.'
            : `Se puede leer: tiene ${courses.length === 1 ? '1 curso' : `${courses.length} cursos`}.`,
        queHacer: courses.length === 0 ? EMPTY[fuente.tipo] : http,
        cursos: courses.length,
        ejemplos: courses.slice(0, 5).map(({ title, name }) => title || name),
      };
    } finally {
      await source.close();
    }
  } catch (error) {
    return { ...failed, ...wordsOf(error) };
  }
}

/** Lets the database of a source be tried alone: what is asked of it may still be unwritten. */
export async function tryConnection(fuente: FuenteSettings, signal: AbortSignal): Promise<ConexionDeFuente> {
  if (fuente.tipo !== 'sql')
    throw new Failure(`«${fuente.nombre}» no es una base de datos.`, 'Pruébela con «Probar la fuente».');
  const { tablesSeen } = await import('@puente-sic/sources');
  const { url, clave, tls } = fuente;
  try {
    const tablas = await tablesSeen(
      { url, ...(clave !== undefined && { clave }), ...(tls !== undefined && { tls }) },
      signal,
    );
    if (tablas.length > 0)
      return { bien: true, mensaje: 'Se llega a la base de datos.', queHacer: '', tablas };
    return {
      bien: false,
      mensaje: 'Se llega a la base de datos, y ahí no se ve ninguna tabla.',
      queHacer:
        'Revise el nombre de la base. Si es el correcto, pida para esa cuenta permiso de lectura (SELECT) sobre sus tablas.',
      tablas,
    };
  } catch (error) {
    return { bien: false, tablas: [], ...wordsOf(error) };
  }
}

/** What went wrong with a source, in its own words; anything else goes on. */
function wordsOf(error: unknown): { mensaje: string; queHacer: string } {
  if (!(error instanceof Error) || error.name !== 'SourceError' || !('fix' in error)) throw error;
  return { mensaje: error.message, queHacer: String(error.fix) };
}

async function whatIsForbidden(fuente: Extract<FuenteSettings, { tipo: 'moodle-bd' }>, signal: AbortSignal) {
  const { checkPermissions } = await import('@puente-sic/sources');
  const { missing } = await checkPermissions(fuente, signal);
  if (missing.length === 0) return null;
  return {
    mensaje: `La cuenta entra a la base de datos, pero no puede leer: ${missing.join(', ')}.`,
    queHacer:
      'Pida a quien administra la base que dé esos permisos de lectura; «puente moodle permisos» escribe el SQL.',
  };
}

/** The courses of a source with the codes that it shows, each with where it was found. */
export async function suggest(
  fuente: FuenteSettings,
  place: Place,
  at: Date,
  signal: AbortSignal,
): Promise<CursosSugeridos> {
  const { issuesOf, lacksDay, suggestMapping } = await import('@puente-sic/sources');
  const source = await openSource(fuente, place);
  try {
    if (isEntities(source)) {
      const { judged, site } = await source.judge({ at, signal });
      return {
        cursos: judged.map((one) => suggestFromEntities(one, lacksDay)),
        hallazgos: site.findings.map(hallazgoOf),
      };
    }
    if (!isMoodle(source)) {
      const { courses, notGiven, findings } = await source.read({ at, signal });
      const told = [...issuesOf(notGiven), ...findings];
      return { cursos: suggestFromFiles(courses), hallazgos: told.map(hallazgoOf) };
    }
    const { snapshots, findings } = await source.examine({ at, signal });
    const { patronModulo } = place.reglas;
    const suggested = suggestMapping(snapshots, patronModulo === undefined ? {} : { patronModulo });
    return { cursos: suggested.map(cursoOf), hallazgos: findings.map(hallazgoOf) };
  } finally {
    await source.close();
  }
}

function isEntities(source: Source): source is EntitySource {
  return 'judge' in source;
}

function isMoodle(source: Source): source is MoodleBd | MoodleWs {
  return 'examine' in source;
}

function cursoOf({ curso, title, likely, codigoOferta, grupos, modulos }: SuggestedCourse): CursoSugerido {
  return {
    curso,
    titulo: title,
    probable: likely,
    ...WITH_DAYS,
    codigoOferta: { codigo: codigoOferta.code, de: codigoOferta.from },
    grupos: grupos.map(({ code, from, grupo, students }) => ({
      codigo: code,
      de: from,
      grupo,
      alumnos: students,
    })),
    modulos: modulos.map(({ code, from, section: { id, name } }) => ({
      codigo: code,
      de: from,
      seccion: { id: String(id), nombre: name },
    })),
  };
}

function suggestFromEntities(judged: JudgedEntities, lacksDay: LacksDay): CursoSugerido {
  const { course, codigoOferta, groups, students, modules, uncoded } = judged;
  const titulo = course.nombre ?? course.id;
  const known = modules.flatMap(({ codigoModulo, parts }) =>
    parts.map(({ id, nombre }) => ({
      ...{ codigo: codigoModulo, de: 'los datos del LMS' },
      seccion: { id, nombre: nombre ?? id },
    })),
  );
  const unknown = uncoded.map(({ id, nombre }) => ({
    ...{ codigo: null, de: 'no se ve ningún código de módulo' },
    seccion: { id, nombre: nombre ?? id },
  }));
  return {
    curso: course.id,
    titulo,
    probable: modules.length > 0,
    sinInicio: lacksDay(judged, 'fechaInicio'),
    sinFin: lacksDay(judged, 'fechaFin'),
    codigoOferta:
      codigoOferta === null
        ? { codigo: null, de: 'no se ve ningún código de oferta' }
        : { codigo: codigoOferta, de: 'los datos del LMS' },
    grupos: groups.map((group) => ({
      ...(codigoOferta === null
        ? { codigo: null, de: 'no se ve ningún código de grupo' }
        : { codigo: group.codigoGrupo, de: 'los datos del LMS' }),
      grupo: course.codigoGrupo === group.codigoGrupo || groups.length === 1 ? null : group.codigoGrupo,
      alumnos: students.filter((student) => student.groups.includes(group)).length,
    })),
    modulos: [...known, ...unknown],
  };
}

type LacksDay = typeof import('@puente-sic/sources').lacksDay;

/** Moodle has days of its own, and so have files. */
const WITH_DAYS = { sinInicio: false, sinFin: false };

/** Files name every code themselves. */
function suggestFromFiles(trees: readonly CourseTree[]): CursoSugerido[] {
  return [...new Set(trees.map(({ id }) => id))].flatMap((id) => {
    const groups = trees.filter((tree) => tree.id === id);
    const [first] = groups;
    if (first === undefined) return [];
    const modulos = groups.flatMap(({ students }) =>
      students.flatMap(({ alumno: { listaModulos } }) =>
        Array.isArray(listaModulos) ? listaModulos.map(({ codigoModulo }) => String(codigoModulo)) : [],
      ),
    );
    return {
      curso: id,
      titulo: first.title || first.name,
      probable: true,
      ...WITH_DAYS,
      codigoOferta: { codigo: String(first.codigoOferta), de: 'los datos del archivo' },
      grupos: groups.map(({ codigoGrupo, students }) => ({
        codigo: String(codigoGrupo),
        de: 'los datos del archivo',
        grupo: String(codigoGrupo),
        alumnos: students.length,
      })),
      modulos: [...new Set(modulos)].map((codigo) => ({
        ...{ codigo, de: 'los datos del archivo' },
        seccion: { id: codigo, nombre: codigo },
      })),
    };
  });
}

const EMPTY: Record<FuenteInstalada['tipo'], string> = {
  archivo:
    'Deje en la carpeta un archivo CSV, Excel o JSON con el avance; «puente plantilla» escribe uno de ejemplo.',
  entidades: 'Revise el archivo «cursos» de la carpeta: no trae ninguna fila.',
  push: 'Cree una clave con «puente fuente clave» y entregue un curso desde la plataforma: docs/entregas.md.',
  sql: 'Revise la consulta de «cursos»: no trae ninguna fila.',
  'moodle-bd': 'Revise el nombre de la base de datos y el prefijo de sus tablas.',
  'moodle-ws':
    'Revise que el usuario del token vea los cursos: su rol debe ser del sitio o de esas categorías.',
};
