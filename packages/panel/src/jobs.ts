import { randomUUID } from 'node:crypto';
import type { Progress, SendResult } from '@puente-sic/engine';
import type { Logger } from 'pino';
import type { Trabajo } from './api.ts';
import type { EventBus } from './events/bus.ts';

/** Sends that people asked for, in memory: what they did is in the ledger. */
export class Jobs {
  readonly #bus: EventBus;
  readonly #clock: () => Date;
  readonly #logger: Logger;
  readonly #jobs = new Map<string, Trabajo>();
  readonly #running = new Set<Promise<void>>();
  readonly #abort = new AbortController();

  constructor({ bus, clock, logger }: { bus: EventBus; clock: () => Date; logger: Logger }) {
    this.#bus = bus;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Newest first. */
  list(): Trabajo[] {
    return [...this.#jobs.values()].reverse();
  }

  get(id: string): Trabajo | undefined {
    return this.#jobs.get(id);
  }

  start(
    quien: string,
    work: (onProgress: (event: Progress) => void, signal: AbortSignal) => Promise<SendResult>,
  ): Trabajo {
    const id = randomUUID();
    const comenzado = this.#clock().toISOString();
    const common = { id, quien, comenzado, terminado: null, progreso: null, resultado: null, falla: null };
    const begun = this.#tell({ ...common, estado: 'en-curso' });
    const run = this.#run(begun, work).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return begun;
  }

  /** Calls under way get `graceMs` to end, then they are cut: their outcome is asked for at the next start. */
  async close(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.#abort.abort(), graceMs);
    await Promise.all(this.#running);
    clearTimeout(timer);
  }

  async #run(begun: Trabajo, work: Parameters<Jobs['start']>[1]): Promise<void> {
    let progreso: Progress | null = null;
    const ended = () => ({ ...begun, progreso, terminado: this.#clock().toISOString() });
    try {
      const resultado = await work((event) => {
        progreso = event;
        this.#tell({ ...begun, progreso });
      }, this.#abort.signal);
      const yaEnviados = resultado.yaEnviados.map((one) => ({ ...one, enviado: one.enviado.toISOString() }));
      this.#tell({ ...ended(), estado: 'terminado', resultado: { ...resultado, yaEnviados } });
    } catch (error) {
      // A run's boundary: only bugs come this far.
      this.#logger.error({ err: error }, 'a send failed');
      this.#tell({ ...ended(), estado: 'fallado', falla: BUG });
    }
    this.#bus.tell({ tipo: 'recargar' });
  }

  #tell(trabajo: Trabajo): Trabajo {
    this.#jobs.set(trabajo.id, trabajo);
    const oldest = [...this.#jobs.values()].find(({ estado }) => estado !== 'en-curso');
    if (this.#jobs.size > KEPT && oldest) this.#jobs.delete(oldest.id);
    this.#bus.tell({ tipo: 'trabajo', trabajo });
    return trabajo;
  }
}

const KEPT = 50;
const BUG = {
  codigo: 'interno',
  mensaje: 'El envío se interrumpió por un error interno de puente.',
  queHacer:
    'Revise en «Envíos» qué alcanzó a llegar: lo que no se sabe todavía, puente lo averigua solo. Avise a quien lo instaló.',
};
