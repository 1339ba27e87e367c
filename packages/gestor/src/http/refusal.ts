/** A call that is turned away without being recorded; answered with its status and one message, in Spanish. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  constructor(status: number, mensaje: string) {
    super(mensaje);
    this.status = status;
  }
}

/** The service's shape for what never became a process: `{"error":[{"mensaje":"Token invalido"}]}`. [S] */
export function errorBody(mensaje: string): string {
  return JSON.stringify({ error: [{ mensaje }] });
}

export function tooMany(): Refusal {
  return new Refusal(
    429,
    'Demasiadas solicitudes por segundo: espere un momento y repita. Nada se registró.',
  );
}

export function tooBig(): Refusal {
  return new Refusal(413, 'El cuerpo es demasiado grande: envíe el curso en varias llamadas.');
}
