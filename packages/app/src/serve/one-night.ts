import { openLedger, type Tonight, tonightOf } from '@puente-sic/engine';
import { requireFile } from '../config/load.ts';
import { Failure } from '../failure.ts';
import type { Host } from '../host.ts';
import { type PlaceOptions, stateFolder } from '../options.ts';
import { InForce } from './in-force.ts';
import { night } from './night.ts';
import type { NightParts } from './parts.ts';

export interface OneNightParts extends Omit<NightParts, 'between'> {
  /** Where browsers find the panel, for the links of mails. */
  panel: string;
  /** Told once, when it will wait for a window that opens soon. */
  onWait?(abre: Date): void;
}

/** How each provider stands at the end, by its RUT. */
export type OneNight = { rutOtec: string; otec: string; noche: Tonight }[];

/**
 * One night and no more, for whoever has no service: a computer's or a hosting's timer. Inside the window it works until
 * each provider's night is settled or the window closes; up to `espera` ms before it, it waits for it; at any other time
 * it does what a question of the service does then (alerts, the day's backup, the confirmation with the history) and ends.
 *
 * It may run beside `puente servir`, or twice: a provider is sent by one of them, and the others see it done.
 * @throws Failure where the settings cannot be run; StoreError where the ledger cannot be used.
 */
export async function runOneNight(
  host: Host,
  options: PlaceOptions,
  parts: OneNightParts,
  espera: number,
): Promise<OneNight> {
  requireFile(options.config);
  const datos = stateFolder(options.datos, host.env);
  const ledger = await openLedger(datos);
  const inForce = new InForce(host, options, parts.onDefect);
  const { signal, clock } = host;
  const panel = { address: parts.panel, onEvent: () => {} };
  try {
    for (const aviso of ledger.avisos) host.onNotice(aviso);
    await inForce.load();
    const { providers, pendientes } = inForce.generation.running;
    if (providers.length === 0) {
      const [why = NOTHING] = pendientes;
      throw new Failure(why.mensaje, why.queHacer || NOTHING.queHacer);
    }
    await waitForWindow();
    let isOver = false;
    let wasOpen = await isUnsettled();
    const between: NightParts['between'] = async (ended, round) => {
      await Promise.race([round, parts.pause(QUESTION_MS, ended)]);
      const isOpen = await isUnsettled();
      // The question after the last one of a night tells what was lost, and sends who is to hear of it.
      isOver = !isOpen && !wasOpen;
      wasOpen = isOpen;
      // Calls under way are waited for.
      if (isOver) inForce.generation.handOver.abort();
      else await parts.pause(LOOK_MS, ended);
    };
    // Other settings may take over meanwhile.
    while (!isOver && !signal.aborted) {
      await night({ ledger, inForce, datos }, host, { ...parts, between }, panel);
    }
    return await stands();
  } finally {
    await inForce.close();
    await ledger.close();
  }

  async function isUnsettled(): Promise<boolean> {
    return (await stands()).some(({ noche }) => noche.kind === 'falta');
  }

  async function stands(): Promise<OneNight> {
    const { settings, running } = inForce.generation;
    const name = new Map(settings?.otecs.map(({ rut, nombre }) => [rut, nombre]));
    return Promise.all(
      running.providers.map(async (provider) => ({
        rutOtec: provider.otec.rut,
        otec: name.get(provider.otec.rut) ?? provider.otec.rut,
        noche: await tonightOf(ledger, provider, clock()),
      })),
    );
  }

  /** Looks at the clock as it goes: a computer that sleeps meanwhile wakes inside the window. */
  async function waitForWindow(): Promise<void> {
    let isTold = false;
    while (!signal.aborted) {
      const soon = (await stands()).map(({ noche }) => (noche.kind === 'cerrada' ? noche.abre.getTime() : 0));
      const abre = Math.min(...soon);
      const left = abre - clock().getTime();
      if (left <= 0 || left > espera) return;
      if (!isTold) parts.onWait?.(new Date(abre));
      isTold = true;
      await parts.pause(Math.min(left, LOOK_MS), signal);
    }
  }
}

const QUESTION_MS = 60_000;
const LOOK_MS = 5_000;
const NOTHING = {
  mensaje: 'No hay nada que enviar todavía.',
  queHacer: 'Complete la puesta en marcha con «puente servir», o escriba puente.yaml con «puente init».',
};
