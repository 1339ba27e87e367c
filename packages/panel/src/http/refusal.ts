import type { Falla } from '../api.ts';

/** A request that is turned away; answered with its status and {@link Falla}, in Spanish. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly codigo: string;
  readonly queHacer: string;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | null;
  constructor(
    status: number,
    codigo: string,
    mensaje: string,
    queHacer = '',
    retryAfter: number | null = null,
  ) {
    super(mensaje);
    this.status = status;
    this.codigo = codigo;
    this.queHacer = queHacer;
    this.retryAfter = retryAfter;
  }
}

export function fallaOf(codigo: string, mensaje: string, queHacer = ''): Falla {
  return { error: { codigo, mensaje, queHacer } };
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 'no-existe', what, 'Vuelva a la lista y elija otra vez: puede haber cambiado.');
}
