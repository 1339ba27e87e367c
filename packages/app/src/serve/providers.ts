import type { Provider } from '@puente-sic/engine';
import type { Connection } from '../config/connection.ts';
import type { Settings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import type { Host } from '../host.ts';
import type { PlaceOptions } from '../options.ts';
import { cursosOf } from '../session.ts';
import { openSources } from '../sources.ts';

/** Each provider of puente.yaml with sources of its own, so that none waits for another. */
export async function providersOf(
  host: Host,
  settings: Settings,
  { otecs }: Connection,
  options: PlaceOptions,
): Promise<Provider[]> {
  const providers: Provider[] = [];
  try {
    for (const otec of otecs) {
      const provider = await providerOf(host, settings, otec, otecs.length > 1, options);
      if (provider !== null) providers.push(provider);
    }
    return providers;
  } catch (error) {
    await closeProviders(providers);
    throw error;
  }
}

export async function closeProviders(providers: readonly Provider[]): Promise<void> {
  for (const { sources } of providers) for (const source of sources) await source.close();
}

/** Null: no course is its. */
async function providerOf(
  host: Host,
  settings: Settings,
  otec: Connection['otecs'][number],
  oneOfSeveral: boolean,
  { datos }: PlaceOptions,
): Promise<Provider | null> {
  const own = settings.otecs.find(({ rut }) => rut === otec.rut);
  const cursos = cursosOf(settings, [otec]);
  if (cursos === undefined && oneOfSeveral) throw noCourses();
  if (cursos?.length === 0) return null;
  const names = new Set(cursos?.map(({ fuente }) => fuente));
  const fuentes = cursos ? settings.fuentes.filter(({ nombre }) => names.has(nombre)) : settings.fuentes;
  return {
    otec,
    sources: await openSources(host, { ...settings, fuentes }, datos === undefined ? {} : { datos }),
    ...(cursos && { cursos, fuentesPropias: ownSources(settings, otec.rut) }),
    ...(own?.ventana && { ventana: own.ventana }),
    ...(settings.modo && { modo: settings.modo }),
    ...(own?.graciaDias !== undefined && { graciaDias: own.graciaDias }),
    ...(own?.tardio && { tardio: own.tardio }),
  };
}

/** Sources of which no course is another provider's. */
function ownSources({ otecs, cursos = [], fuentes }: Settings, rut: string): string[] {
  const shared = new Set(cursos.flatMap(({ otec = otecs[0]?.rut, fuente }) => (otec === rut ? [] : fuente)));
  return fuentes.flatMap(({ nombre }) => (shared.has(nombre) ? [] : nombre));
}

function noCourses(): Failure {
  return new Failure(
    'Con varias OTEC hay que decir qué cursos informa cada una.',
    'Escriba «cursos» en puente.yaml, con la fuente y la OTEC de cada uno.',
  );
}
