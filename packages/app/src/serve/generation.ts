import { once } from 'node:events';
import { BASE_URL } from '@puente-sic/protocol';
import { resolveConnection } from '../config/connection.ts';
import type { Loaded } from '../config/load.ts';
import { type Pending, withTokens } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import type { Host } from '../host.ts';
import type { PlaceOptions } from '../options.ts';
import { type Problem, problemOf } from '../problem.ts';
import { clientFactory } from '../session.ts';
import { closeProviders, providersOf } from './providers.ts';
import type { Running } from './running.ts';

/** The service's settings at one time with their sources open. When settings change, another one takes its place. */
export class Generation {
  /** Null: what puente.yaml says cannot be used, and `running` says why. */
  readonly settings: Settings | null;
  readonly running: Running;
  /** Aborted when another one takes over: what runs with this one comes to its end. */
  readonly handOver = new AbortController();
  readonly #idle = new EventTarget();
  #users = 0;

  constructor(settings: Settings | null, running: Running) {
    this.settings = settings;
    this.running = running;
  }

  /** Its sources stay open until `work` has ended. */
  async use<T>(work: (running: Running) => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      return await work(this.running);
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#idle.dispatchEvent(new Event('idle'));
    }
  }

  /** Closes its sources when nobody uses them any more. */
  async close(): Promise<void> {
    while (this.#users > 0) await once(this.#idle, 'idle');
    await closeProviders(this.running.providers);
  }
}

/**
 * Opens what settings say, and tries whatever will be made of them later. A provider that cannot report yet (its token is
 * missing or its file cannot be read) is told in `pendientes` and does not keep the others from it.
 * @throws Failure and other typed errors for settings that can never work; nothing stays open then.
 */
export async function openGeneration(
  host: Host,
  options: PlaceOptions,
  loaded: Loaded,
  pending?: Pending,
): Promise<Generation> {
  const unusable: Running['pendientes'] = [];
  const settings = await withTokens(loaded.settings, { ...options, env: host.env }, pending, (failure) =>
    unusable.push(problemOf(failure)),
  );
  const version = settings.version === '1' ? 1 : 2;
  const ensayo = settings.gestor !== BASE_URL;
  const pendientes = [...missingOf(settings), ...unusable];
  if (settings.otecs.length === 0 || settings.fuentes.length === 0) {
    return new Generation(settings, {
      ...{ providers: [], pendientes, version, ensayo },
      clientFor: unknownOtec,
    });
  }
  const connection = resolveConnection(settings, {}, host.env, false);
  const able = connection.otecs.filter(({ token }) => token !== '');
  for (const { rut, nombre = rut, token } of connection.otecs)
    if (token === '') pendientes.push(noToken(nombre));
  const clientFor = await clientFactory(connection);
  // A client that cannot be made is found out now, by whoever changes the settings, and not at night.
  for (const otec of able) clientFor(otec);
  const chosen = {
    ...settings,
    otecs: settings.otecs.filter(({ rut }) => able.some((one) => one.rut === rut)),
  };
  if (settings.otecs.length > 1 && settings.cursos === undefined) {
    return new Generation(settings, {
      ...{ providers: [], pendientes: [...pendientes, NO_COURSES], version, ensayo },
      clientFor: unknownOtec,
    });
  }
  const providers = await providersOf(host, chosen, { ...connection, otecs: able }, options);
  return new Generation(settings, { providers, pendientes, version, clientFor, ensayo });
}

/** In force while the settings cannot be used: nothing is sent, and why is told. */
export function stoppedGeneration(problem: Problem): Generation {
  return new Generation(null, {
    ...{ providers: [], pendientes: [problem], version: 2, ensayo: false },
    clientFor: unknownOtec,
  });
}

function missingOf({ otecs, fuentes, cursos }: Settings): Running['pendientes'] {
  if (otecs.length === 0) return [NOTHING];
  if (fuentes.length === 0) return [NO_SOURCE];
  return cursos?.length === 0 ? [NONE_CHOSEN] : [];
}

function noToken(nombre: string): Running['pendientes'][number] {
  return {
    mensaje: `No se envía nada por ${nombre}: falta su token de SENCE, o el que hay no tiene la forma de uno.`,
    queHacer: 'Cópielo de https://sistemas.sence.cl/rts y guárdelo en Ajustes, o con «puente token guardar».',
  };
}

function unknownOtec(): never {
  throw new Error('There is no provider to ask for');
}

const NOTHING = {
  mensaje: 'Puente todavía no sabe de qué OTEC informar.',
  queHacer:
    'Complete la puesta en marcha en el panel: la OTEC y su token, la fuente de los datos y los cursos.',
};
const NO_SOURCE = {
  mensaje: 'Puente todavía no sabe de dónde leer el avance.',
  queHacer: 'Agregue una fuente (planillas o Moodle) en la puesta en marcha del panel.',
};
const NONE_CHOSEN: Problem = {
  clave: 'sin-cursos',
  mensaje: 'No hay ningún curso elegido para informar.',
  queHacer: 'Elija los cursos de cada fuente en la puesta en marcha del panel.',
};
const NO_COURSES = {
  mensaje: 'Hay varias OTEC y puente no sabe qué cursos informa cada una.',
  queHacer: 'Elija los cursos de cada fuente, con la OTEC de cada uno, en la puesta en marcha del panel.',
};
