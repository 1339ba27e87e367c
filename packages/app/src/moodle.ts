import type { CourseSelection, MoodleBd, MoodleWs } from '@puente-sic/sources';
import { loadSettings } from './config/load.ts';
import type { Settings } from './config/settings.ts';
import { Failure } from './failure.ts';
import type { Host } from './host.ts';
import { type PlaceOptions, stateFolder } from './options.ts';
import { type FuenteMoodle, openMoodle, placeOf } from './sources.ts';

export interface MoodleOptions extends PlaceOptions {
  /** Only this one. */
  fuente?: string;
}

/** One Moodle of puente.yaml, opened. */
export interface OpenMoodle {
  fuente: FuenteMoodle;
  source: MoodleBd | MoodleWs;
  /** What `cursos` says of it; undefined: every course. */
  selections: CourseSelection[] | undefined;
}

/** The Moodles of puente.yaml, or the one that --fuente names; tokens of providers are not needed. */
export async function withMoodles<T>(
  host: Host,
  options: MoodleOptions,
  work: (moodles: OpenMoodle[], settings: Settings) => Promise<T>,
): Promise<T> {
  const { settings } = await loadSettings({ ...options, needsTokens: false, env: host.env });
  const place = placeOf(host, settings, stateFolder(options.datos, host.env));
  const moodles: OpenMoodle[] = [];
  try {
    for (const fuente of moodlesOf(settings, options.fuente)) {
      const selections = settings.cursos?.filter((curso) => curso.fuente === fuente.nombre);
      moodles.push({ fuente, source: await openMoodle(fuente, place), selections });
    }
    if (moodles.length === 0) throw noMoodle(options.fuente);
    return await work(moodles, settings);
  } finally {
    for (const { source } of moodles) await source.close();
  }
}

/** The Moodle sources of the settings; the one named, where one is. */
export function moodlesOf({ fuentes }: Settings, nombre: string | undefined): FuenteMoodle[] {
  return fuentes.flatMap((fuente) =>
    fuente.tipo === 'archivo' || (nombre !== undefined && fuente.nombre !== nombre) ? [] : fuente,
  );
}

function noMoodle(nombre: string | undefined): Failure {
  return new Failure(
    nombre === undefined
      ? 'En puente.yaml no hay ninguna fuente de Moodle.'
      : `En puente.yaml no hay una fuente de Moodle que se llame «${nombre}».`,
    'Agregue una a «fuentes», de tipo moodle-bd o moodle-ws; docs/configuracion.md muestra cómo.',
  );
}
