import type { Issue } from '@puente-sic/protocol';
import { warning } from '../../rules/findings.ts';
import { listed } from '../../rules/listed.ts';
import type { WsApi } from './api.ts';
import { WsError } from './errors.ts';
import { OPTIONAL_FUNCTIONS } from './functions.ts';

type Optional = keyof typeof OPTIONAL_FUNCTIONS;

/** Calls that courses can be read without; what was missed in a reading is told once, with the courses. */
export class OptionalCalls {
  readonly #api: WsApi;
  readonly #signal: AbortSignal | undefined;
  readonly #missed = new Map<Optional, Set<string>>();

  constructor(api: WsApi, signal: AbortSignal | undefined) {
    this.#api = api;
    this.#signal = signal;
  }

  /** `course`: its short name. */
  async call<T, U>(name: Optional, course: string, without: U, ask: () => Promise<T>): Promise<T | U> {
    const answer = await this.quietly(name, undefined, ask);
    if (answer !== undefined) return answer;
    this.miss(name, course);
    return without;
  }

  /** For what has a substitute, or only proves what is likely anyway. */
  async quietly<T, U>(name: Optional, without: U, ask: () => Promise<T>): Promise<T | U> {
    if (!(await this.#api.has(name, this.#signal))) return without;
    return ask().catch((error: unknown) => {
      if (error instanceof WsError && error.errorcode !== null && error.kind === 'wrong') return without;
      throw error;
    });
  }

  miss(name: Optional, course: string): void {
    this.#missed.set(name, (this.#missed.get(name) ?? new Set()).add(course));
  }

  findings(): Issue[] {
    return [...this.#missed].map(([name, courses]) =>
      warning({
        message: `No se pudo usar la función ${name}, que sirve para ${OPTIONAL_FUNCTIONS[name]}; sin ella ${courses.size === 1 ? 'se leyó el curso' : 'se leyeron los cursos'} ${listed([...courses])}.`,
        fix: `En Moodle: Administración del sitio > Servidor > Servicios web > Servicios externos > Funciones (del servicio del puente): añada ${name}, y revise el rol con \`puente moodle permisos --servicios-web\`.`,
      }),
    );
  }
}
