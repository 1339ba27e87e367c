import { importRegistry } from '../registry/import.ts';
import { type RegistryFile, readRegistry } from '../registry/json.ts';
import type { Falla } from '../sandbox/inject.ts';
import { forgetSent } from '../store/forget.ts';
import type { Store } from '../store/store.ts';
import type { Llamada } from './call.ts';
import type { Linea } from './record-schema.ts';
import type { Escenario } from './scenario.ts';
import { codeOf, enviosOf, refusedLate, registryFor } from './scenarios.ts';

/**
 * The sheet's courses as the service has them: which late students are enrolled by now, and which calls a fault has
 * met. Counts calls under way too: a sender that doubles while the first one waits must not meet the fault again.
 */
export class Courses {
  readonly #escenarios: readonly Escenario[];
  #begun: Llamada[] = [];
  #enrolled = new Set<string>();
  #store: { store: Store; now: () => Date } | null = null;
  /** One change of the registry after the other: several courses are sent at once. */
  #changes: Promise<void> = Promise.resolve();

  constructor(escenarios: readonly Escenario[], lineas: readonly Linea[]) {
    this.#escenarios = escenarios;
    for (const { evento } of lineas) {
      if (evento.tipo === 'llamada') this.#begun.push(evento.llamada);
      if (evento.tipo === 'inicio') this.#begun = [];
      if (evento.tipo === 'reintento') this.#forgetCalls(evento.escenario);
    }
    for (const escenario of escenarios) {
      if (refusedLate(escenario, this.#begun)) this.#enrolled.add(escenario.id);
    }
  }

  use(store: Store, now: () => Date): void {
    this.#store = { store, now };
  }

  registry(): RegistryFile {
    return registryFor(this.#escenarios, ({ id }) => this.#enrolled.has(id));
  }

  /** The fault that a call that begins now meets. */
  falla(escenario: Escenario, llamada: Llamada): Falla | null {
    const before = enviosOf(escenario, this.#begun);
    this.#begun.push(llamada);
    return escenario.falla?.(before, llamada) ?? null;
  }

  /** Enrols the late students of a course once a call that carries them has been judged. */
  async enrolLate(llamada: Llamada): Promise<void> {
    const late = this.#escenarios.find((each) => refusedLate(each, [llamada]));
    if (!late || this.#enrolled.has(late.id)) return this.#changes;
    this.#enrolled.add(late.id);
    return this.#import([late]);
  }

  /** The courses of these scenarios as they were before any call. */
  async restore(escenarios: readonly Escenario[]): Promise<void> {
    for (const { id } of escenarios) {
      this.#forgetCalls(id);
      this.#enrolled.delete(id);
    }
    await this.#import(escenarios);
    for (const { curso } of escenarios) {
      const codigo = codeOf(curso);
      if (codigo && this.#store) await forgetSent(this.#store.store.db, codigo);
    }
  }

  #forgetCalls(id: string): void {
    const escenario = this.#escenarios.find((each) => each.id === id);
    const gone = new Set(escenario ? enviosOf(escenario, this.#begun) : []);
    this.#begun = this.#begun.filter((llamada) => !gone.has(llamada));
  }

  #import(escenarios: readonly Escenario[]): Promise<void> {
    const using = this.#store;
    if (!using) return Promise.resolve();
    const registry = readRegistry(registryFor(escenarios, ({ id }) => this.#enrolled.has(id)));
    this.#changes = this.#changes.then(async () => {
      await importRegistry(using.store, registry, { now: using.now() });
    });
    return this.#changes;
  }
}
