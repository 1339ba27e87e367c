import type { Provider } from '@puente-sic/engine';
import type { Connection } from '../config/connection.ts';
import type { Settings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import type { Host } from '../host.ts';
import { cursosOf } from '../session.ts';
import { openSources } from '../sources.ts';

/** Each provider of puente.yaml with sources of its own, so that none waits for another. */
export async function providersOf(
  host: Host,
  settings: Settings,
  { otecs }: Connection,
  { datos }: { datos?: string },
): Promise<Provider[]> {
  const providers: Provider[] = [];
  for (const otec of otecs) {
    const own = settings.otecs.find(({ rut }) => rut === otec.rut);
    const cursos = cursosOf(settings, [otec]);
    if (cursos === undefined && otecs.length > 1) throw noCourses();
    const names = new Set(cursos?.map(({ fuente }) => fuente));
    const fuentes = cursos ? settings.fuentes.filter(({ nombre }) => names.has(nombre)) : settings.fuentes;
    if (cursos?.length === 0) continue;
    providers.push({
      otec,
      sources: await openSources(host, { ...settings, fuentes }, datos === undefined ? {} : { datos }),
      ...(cursos && { cursos }),
      ...(own?.ventana && { ventana: own.ventana }),
      ...(settings.modo && { modo: settings.modo }),
      ...(own?.graciaDias !== undefined && { graciaDias: own.graciaDias }),
      ...(own?.tardio && { tardio: own.tardio }),
    });
  }
  return providers;
}

function noCourses(): Failure {
  return new Failure(
    'Con varias OTEC hay que decir qué cursos informa cada una.',
    'Escriba «cursos» en puente.yaml, con la fuente y la OTEC de cada uno.',
  );
}
