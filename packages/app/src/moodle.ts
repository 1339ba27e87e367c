import type { CourseSelection, EntitySource, MoodleBd, MoodleWs, Source } from '@puente-sic/sources';
import { loadSettings } from './config/load.ts';
import type { FuenteSettings, Settings } from './config/settings.ts';
import { Failure } from './failure.ts';
import type { Host } from './host.ts';
import { type PlaceOptions, stateFolder } from './options.ts';
import {
  type FuenteEntidades,
  type FuenteMoodle,
  isMoodle,
  openEntities,
  openMoodle,
  type Place,
  placeOf,
} from './sources.ts';

export interface MoodleOptions extends PlaceOptions {
  /** Only this one. */
  fuente?: string;
}

/** One source of puente.yaml, opened. */
export interface Opened<Fuente extends FuenteSettings, S extends Source> {
  fuente: Fuente;
  source: S;
  /** What `cursos` says of it; undefined: every course. */
  selections: CourseSelection[] | undefined;
}

export type OpenMoodle = Opened<FuenteMoodle, MoodleBd | MoodleWs>;
export type OpenEntities = Opened<FuenteEntidades, EntitySource>;
/** One that can tell how each figure came about. */
export type OpenLms = Opened<FuenteLms, MoodleBd | MoodleWs | EntitySource>;
type FuenteLms = FuenteMoodle | FuenteEntidades;

/** The Moodles of puente.yaml, or the one that --fuente names; tokens of providers are not needed. */
export function withMoodles<T>(
  host: Host,
  options: MoodleOptions,
  work: (moodles: OpenMoodle[], settings: Settings) => Promise<T>,
): Promise<T> {
  const kind = { is: isMoodle, open: openMoodle, what: 'de Moodle', types: 'moodle-bd o moodle-ws' };
  return withFuentes(host, options, kind, work);
}

/** The LMSs of puente.yaml, or the one that --fuente names; tokens of providers are not needed. */
export function withLms<T>(
  host: Host,
  options: MoodleOptions,
  work: (sources: OpenLms[], settings: Settings) => Promise<T>,
): Promise<T> {
  const kind = {
    is: (fuente: FuenteSettings): fuente is FuenteLms => fuente.tipo !== 'archivo',
    open: (fuente: FuenteLms, place: Place) =>
      isMoodle(fuente) ? openMoodle(fuente, place) : openEntities(fuente, place),
    what: 'de un LMS',
    types: 'moodle-bd, moodle-ws, entidades, sql o push',
  };
  return withFuentes(host, options, kind, work);
}

/** What puente.yaml reads by entities, or the one that --fuente names; tokens of providers are not needed. */
export function withEntities<T>(
  host: Host,
  options: MoodleOptions,
  work: (sources: OpenEntities[], settings: Settings) => Promise<T>,
): Promise<T> {
  const kind = {
    is: (fuente: FuenteSettings): fuente is FuenteEntidades => fuente.tipo !== 'archivo' && !isMoodle(fuente),
    open: openEntities,
    what: 'de otro LMS que Moodle',
    types: 'entidades, sql o push',
  };
  return withFuentes(host, options, kind, work);
}

/** The Moodle sources of the settings; the one named, where one is. */
export function moodlesOf({ fuentes }: Settings, nombre: string | undefined): FuenteMoodle[] {
  return fuentes.filter(isMoodle).filter((fuente) => nombre === undefined || fuente.nombre === nombre);
}

interface Kind<Fuente extends FuenteSettings, S extends Source> {
  is(fuente: FuenteSettings): fuente is Fuente;
  open(fuente: Fuente, place: Place): Promise<S>;
  /** `de Moodle`, for people. */
  what: string;
  types: string;
}

async function withFuentes<Fuente extends FuenteSettings, S extends Source, T>(
  host: Host,
  options: MoodleOptions,
  { is, open, what, types }: Kind<Fuente, S>,
  work: (opened: Opened<Fuente, S>[], settings: Settings) => Promise<T>,
): Promise<T> {
  const { settings } = await loadSettings({ ...options, needsTokens: false, env: host.env });
  const place = placeOf(host, settings, stateFolder(options.datos, host.env));
  const opened: Opened<Fuente, S>[] = [];
  try {
    for (const fuente of settings.fuentes.filter(is)) {
      if (options.fuente !== undefined && fuente.nombre !== options.fuente) continue;
      const selections = settings.cursos?.filter((curso) => curso.fuente === fuente.nombre);
      opened.push({ fuente, source: await open(fuente, place), selections });
    }
    if (opened.length === 0) throw noFuente(options.fuente, what, types);
    return await work(opened, settings);
  } finally {
    for (const { source } of opened) await source.close();
  }
}

function noFuente(nombre: string | undefined, what: string, types: string): Failure {
  return new Failure(
    nombre === undefined
      ? `En puente.yaml no hay ninguna fuente ${what}.`
      : `En puente.yaml no hay una fuente ${what} que se llame «${nombre}».`,
    `Agregue una a «fuentes», de tipo ${types}; docs/configuracion.md muestra cómo.`,
  );
}
