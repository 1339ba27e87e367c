import type { Issue } from '@puente-sic/protocol';
import { warning } from '../rules/findings.ts';
import type { WsApi } from './api.ts';
import { WsError } from './errors.ts';
import { OPTIONAL_FUNCTIONS } from './functions.ts';
import type { WsCourse } from './schemas.ts';

/** Calls that a course can be read without; what was missed is told once. */
export class OptionalCalls {
  readonly #api: WsApi;
  readonly #signal: AbortSignal | undefined;
  readonly #missed = new Set<keyof typeof OPTIONAL_FUNCTIONS>();

  constructor(api: WsApi, signal: AbortSignal | undefined) {
    this.#api = api;
    this.#signal = signal;
  }

  async call<T, U>(name: keyof typeof OPTIONAL_FUNCTIONS, without: U, ask: () => Promise<T>): Promise<T | U> {
    const answer = await this.quietly(name, undefined, ask);
    if (answer !== undefined) return answer;
    this.miss(name);
    return without;
  }

  /** For what has a substitute, or only proves what is likely anyway. */
  async quietly<T, U>(
    name: keyof typeof OPTIONAL_FUNCTIONS,
    without: U,
    ask: () => Promise<T>,
  ): Promise<T | U> {
    if (!(await this.#api.has(name, this.#signal))) return without;
    return ask().catch((error: unknown) => {
      if (error instanceof WsError && error.errorcode !== null && error.kind === 'wrong') return without;
      throw error;
    });
  }

  miss(name: keyof typeof OPTIONAL_FUNCTIONS): void {
    this.#missed.add(name);
  }

  findings(course: WsCourse): Issue[] {
    return [...this.#missed].map((name) =>
      warning({
        message: `En el curso «${course.shortname}» no se pudo usar la función ${name}, que sirve para ${OPTIONAL_FUNCTIONS[name]}.`,
        fix: 'En Moodle: Administración del sitio > Servidor > Servicios web > Servicios externos > Funciones (del servicio del puente): añádala, y revise el rol con `puente moodle permisos`.',
      }),
    );
  }
}
