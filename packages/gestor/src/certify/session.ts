import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '../http/refusal.ts';
import type { Llamada } from './call.ts';
import type { Courses } from './courses.ts';
import { judge } from './judge.ts';
import { isPerfil, type PerfilId } from './profile.ts';
import type { Registro } from './record.ts';
import type { Programa } from './record-schema.ts';
import type { Escenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { KIT_VERSION } from './version.ts';

/** No call for so long, and nothing pending: the sender is done. */
const QUIET_MS = 2_000;

/** What a person or a CI does with the kit: says whose program it is, begins anew, tries a scenario again, ends. */
export class Session {
  readonly #registro: Registro;
  readonly #courses: Courses;
  readonly #escenarios: readonly Escenario[];
  /** How many calls have begun, of this process or before. */
  begun: number;
  #underWay = 0;
  #lastEnd = performance.now();
  #ended = false;

  constructor(registro: Registro, courses: Courses, segundosLenta: number) {
    this.#registro = registro;
    this.#courses = courses;
    this.#escenarios = scenarios(segundosLenta);
    this.begun = Math.max(
      0,
      ...registro.lineas.map(({ evento }) => (evento.tipo === 'llamada' ? evento.llamada.n : 0)),
    );
    registro.add({ tipo: 'arranque', kit: KIT_VERSION, segundosLenta });
  }

  begin({ n }: Llamada): void {
    this.begun = n;
    this.#underWay += 1;
  }

  end(llamada: Llamada): void {
    this.#registro.add({ tipo: 'llamada', llamada });
    this.#underWay -= 1;
    this.#lastEnd = performance.now();
  }

  moved(from: Date, to: Date): void {
    const [de, a] = [from.toISOString(), to.toISOString()];
    this.#registro.add({ tipo: 'reloj', de, a, desde: this.begun });
  }

  /**
   * Whose program it is; an empty name leaves it as it is. What was seen of another program must not count for it.
   * @throws Refusal (409) where calls of another program, or of another version of it, stand.
   */
  name({ nombre, version, perfil }: Programa): void {
    const now = judge(this.#registro.lineas, new Date()).programa;
    const programa = nombre === '' ? { ...now, perfil } : { nombre, version, perfil };
    const same = now.nombre === programa.nombre && now.version === programa.version;
    if (!same && now.nombre !== '' && this.#seen() > 0) {
      throw new Refusal(
        409,
        `Lo visto hasta aquí es de ${now.nombre} ${now.version}: para otro programa o versión empiece de nuevo (POST /certificacion/inicio), o use otra carpeta.`,
      );
    }
    if (!same || now.perfil !== perfil) this.#registro.add({ tipo: 'programa', programa });
  }

  /** Begins anew: what was seen stays in the record and no longer counts. */
  async start(programa: Programa | null): Promise<void> {
    await this.#courses.restore(this.#escenarios);
    this.#registro.add({ tipo: 'inicio', desde: this.begun });
    this.#ended = false;
    if (programa) this.name(programa);
  }

  /** Another go at one scenario. @throws Refusal (404) where there is no such one. */
  async again(id: string): Promise<void> {
    const escenario = this.#escenarios.find((each) => each.id === id);
    if (!escenario) throw noScenario(this.#escenarios);
    await this.#courses.restore([escenario]);
    this.#registro.add({ tipo: 'reintento', escenario: id, desde: this.begun });
  }

  /** Who drives the sender says that it is done. */
  finish(): void {
    this.#ended = true;
  }

  async untilDone(nothingPending: () => boolean, signal: AbortSignal): Promise<void> {
    let judged = -1;
    while (!signal.aborted && !this.#ended) {
      const quiet = this.#underWay === 0 && performance.now() - this.#lastEnd > QUIET_MS;
      if (quiet && judged !== this.#registro.lineas.length) {
        judged = this.#registro.lineas.length;
        if (nothingPending()) return;
      }
      await wait(200, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Calls since all was begun anew. */
  #seen(): number {
    const eventos = this.#registro.lineas.map(({ evento }) => evento.tipo);
    return eventos.slice(eventos.lastIndexOf('inicio') + 1).filter((tipo) => tipo === 'llamada').length;
  }
}

export function noScenario(escenarios: readonly Escenario[]): Refusal {
  return new Refusal(
    404,
    `No existe ese escenario. Los que hay: ${escenarios.map(({ id }) => id).join(', ')}.`,
  );
}

/** A program as a form or a CI names it. @throws Refusal (400) for a profile that is none. */
export function readPrograma(fields: Readonly<Record<string, unknown>>): Programa {
  const { programa, version, perfil = 'completo' } = fields;
  const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 80) : '');
  return { nombre: text(programa), version: text(version), perfil: readPerfil(perfil) };
}

function readPerfil(perfil: unknown): PerfilId {
  if (isPerfil(perfil)) return perfil;
  throw new Refusal(400, 'perfil debe ser completo, version-1 o version-2.');
}
