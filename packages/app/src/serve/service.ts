import type { Ledger } from '@puente-sic/engine';
import { enlacesIn } from '../accounts/enlace.ts';
import { listUsuarios } from '../accounts/usuarios.ts';
import { requireFile } from '../config/load.ts';
import { ensureKey } from '../config/secrets.ts';
import { entregasIn } from '../entregas.ts';
import type { Host } from '../host.ts';
import { type PlaceOptions, stateFolder } from '../options.ts';
import { isOfLedger, isTold, type Problem, problemOf } from '../problem.ts';
import type { Generation } from './generation.ts';
import { InForce } from './in-force.ts';
import { night } from './night.ts';
import type { NightParts, ServicePanel, ServiceParts } from './parts.ts';

/** The nightly service and the panel over it, both on the settings in force. */
export interface Service<P extends ServicePanel> {
  panel: P;
  /** What is in force now; null while the ledger cannot be used. */
  generation(): Generation | null;
  /** Whether nobody has an account of the panel yet; false while that cannot be known. */
  isUnclaimed(): Promise<boolean>;
  /** Works until the host's signal ends it; then everything is closed. */
  run(): Promise<void>;
}

/**
 * Opens the panel; what runs by night begins with `run`. Settings and a ledger that cannot be used do not keep it from
 * starting: the panel tells why, nothing is sent, and both are tried again every minute.
 * @throws Failure where a settings file that was named is not there; whatever the panel cannot start for.
 */
export async function openService<P extends ServicePanel>(
  host: Host,
  options: PlaceOptions,
  parts: ServiceParts<P>,
): Promise<Service<P>> {
  requireFile(options.config);
  const panel = await parts.openPanel();
  const service = new NightlyService(host, options, parts, panel);
  try {
    await service.open();
    return {
      panel,
      generation: () => service.generation,
      isUnclaimed: () => service.isUnclaimed(),
      run: () => service.run(),
    };
  } catch (error) {
    await service.close();
    throw error;
  }
}

class NightlyService {
  readonly #host: Host;
  readonly #options: PlaceOptions;
  readonly #parts: NightParts;
  readonly #panel: ServicePanel;
  #open: { ledger: Ledger; inForce: InForce } | null = null;
  #told: string | null = null;

  constructor(host: Host, options: PlaceOptions, parts: NightParts, panel: ServicePanel) {
    this.#host = host;
    this.#options = options;
    this.#parts = parts;
    this.#panel = panel;
  }

  get generation(): Generation | null {
    return this.#open?.inForce.generation ?? null;
  }

  get #datos(): string {
    return stateFolder(this.#options.datos, this.#host.env);
  }

  async isUnclaimed(): Promise<boolean> {
    return this.#open !== null && (await listUsuarios(this.#open.ledger)).length === 0;
  }

  async run(): Promise<void> {
    const { signal } = this.#host;
    try {
      while (!signal.aborted) {
        if (this.#open === null) await this.#parts.pause(RETRY_MS, signal);
        if (signal.aborted) break;
        await this.#work();
      }
    } finally {
      await this.close();
    }
  }

  /** One night service on what is in force; without a ledger, the next try to open it. */
  async #work(): Promise<void> {
    try {
      if (this.#open === null) await this.open();
      else await night({ ...this.#open, datos: this.#datos }, this.#host, this.#parts, this.#panel);
    } catch (error) {
      if (!isTold(error)) this.#parts.onDefect(error);
      if (isOfLedger(error)) await this.#leave(problemOf(error));
      else {
        this.#notice(problemOf(error));
        await this.#parts.pause(RETRY_MS, this.#host.signal);
      }
    }
  }

  /** @throws what the panel refuses to serve for. A ledger that cannot be opened is told instead. */
  async open(): Promise<void> {
    const { env, clock } = this.#host;
    const ledger = await this.#openLedger(this.#datos);
    if (ledger === null) return;
    const inForce = new InForce(this.#host, this.#options, this.#parts.onDefect);
    this.#open = { ledger, inForce };
    await inForce.load();
    const { use, takeOver } = inForce;
    const { settingsSetup } = await import('../setup/setup.ts');
    const setup = settingsSetup({ host: this.#host, options: this.#options, ledger, takeOver });
    const enlaces = enlacesIn({ ...this.#options, env }, clock);
    const clave = async () => (await ensureKey({ ...this.#options, env })).clave;
    const entregas = entregasIn({
      datos: this.#datos,
      clock,
      settings: () => inForce.generation.settings,
      ledger: () => ledger,
    });
    await this.#panel.serve({ ledger, use, clock, setup, enlaces, clave, entregas });
    this.#told = null;
  }

  async #openLedger(datos: string): Promise<Ledger | null> {
    const { openLedger } = await import('@puente-sic/engine');
    try {
      const ledger = await openLedger(datos);
      for (const aviso of ledger.avisos) this.#host.onNotice(aviso);
      return ledger;
    } catch (error) {
      if (!isTold(error)) this.#parts.onDefect(error);
      await this.#leave(unopened(error, datos));
      return null;
    }
  }

  /** Nothing can be used until the next try. */
  async #leave(problem: Problem): Promise<void> {
    this.#notice(problem);
    await this.#panel.tell(problem);
    await this.#closeOpen();
  }

  /** The same is told once. */
  #notice({ mensaje, queHacer }: Problem): void {
    if (this.#told !== mensaje) this.#host.onNotice(`${mensaje} ${queHacer}`);
    this.#told = mensaje;
  }

  async close(): Promise<void> {
    await this.#panel.close();
    await this.#closeOpen();
  }

  async #closeOpen(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.inForce.close();
    await open?.ledger.close();
  }
}

function unopened(error: unknown, datos: string): Problem {
  if (isTold(error)) return problemOf(error);
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  return {
    mensaje: `No se puede abrir el registro de lo enviado, en la carpeta ${datos}${code}.`,
    queHacer:
      'Revise que el disco tenga espacio y que el usuario con que funciona puente pueda leer y escribir en esa carpeta. Si el archivo está dañado, guárdelo aparte y restaure un respaldo con «puente restaurar».',
  };
}

const RETRY_MS = 60_000;
