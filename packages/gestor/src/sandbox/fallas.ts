/**
 * Faults that the sandbox can be told to have, outside of the payload. Each imitates something that a document says
 * of the real service or that was seen of it (PROTOCOL); a provider cannot cause them by what it sends.
 */
export const FALLAS = {
  'codigo-001': {
    nombre: 'Token inválido (001)',
    imita: 'Capacitación: «cuando se produce este error no se guarda registro del avance enviado».',
  },
  'codigo-002': {
    nombre: 'Falla de autenticación (002)',
    imita:
      'Capacitación: «desde problemas de conexión hasta problemas del servicio de autenticación de SENCE».',
  },
  'http-503': {
    nombre: 'Servicio no disponible (503)',
    imita: 'Lo que responde cualquier servidor web delante de un servicio detenido; no se procesa nada.',
  },
  'corte-antes': {
    nombre: 'Conexión cortada antes de procesar',
    imita: 'Red inestable: el envío no llega a registrarse.',
  },
  'corte-despues': {
    nombre: 'Conexión cortada después de procesar',
    imita: 'Red inestable: el envío queda registrado y la respuesta no llega.',
  },
  'respuesta-perdida': {
    nombre: 'Respuesta perdida',
    imita:
      'Instructivo p. 44: la respuesta puede tardar minutos. Queda registrado y nadie contesta hasta que usted se rinda.',
  },
  demora: {
    nombre: 'Demora antes de responder',
    imita:
      'Instructivo p. 44: se aconseja esperar hasta 10 minutos. Se procesa y se responde bien, pero tarde.',
  },
  'html-delante': {
    nombre: 'HTML delante del JSON',
    imita: 'Observado en producción: avisos de PHP en <div>…</div> antes del cuerpo.',
  },
  goteo: {
    nombre: 'Respuesta a gotas',
    imita: 'Red lenta: la respuesta correcta llega de a pocos bytes.',
  },
} as const;

export type FallaTipo = keyof typeof FALLAS;
export type Endpoint = 'enviarAvance' | 'historialEnvios';

export interface FallaPedida {
  tipo: FallaTipo;
  /** Calls that it still hits. */
  veces: number;
  endpoint: Endpoint;
  /** How long a delay or a drip lasts, and what a 503 asks to wait. */
  segundos: number;
  /** Only calls of this provider; null: of any. */
  rutOtec: string | null;
  /** Only sends of this course; null: of any. */
  codigoOferta: string | null;
}

/** What a fault is chosen by. */
export type LlamadaFalla = Pick<FallaPedida, 'endpoint' | 'rutOtec' | 'codigoOferta'>;

export function isFallaTipo(text: unknown): text is FallaTipo {
  return typeof text === 'string' && Object.hasOwn(FALLAS, text);
}

/** The faults asked for, each waiting for its next calls; the oldest goes first. */
export class FallaQueue {
  #pedidas: FallaPedida[] = [];

  add(pedida: FallaPedida): void {
    this.#pedidas.push({ ...pedida });
  }

  /** The fault of a call that begins now; null for a call that goes well. */
  take(llamada: LlamadaFalla): FallaPedida | null {
    const next = this.#pedidas.find((pedida) => hits(pedida, llamada));
    if (!next) return null;
    next.veces -= 1;
    this.#pedidas = this.#pedidas.filter(({ veces }) => veces > 0);
    return { ...next };
  }

  list(): FallaPedida[] {
    return this.#pedidas.map((pedida) => ({ ...pedida }));
  }

  clear(): void {
    this.#pedidas = [];
  }
}

function hits(pedida: FallaPedida, { endpoint, rutOtec, codigoOferta }: LlamadaFalla): boolean {
  return (
    pedida.endpoint === endpoint &&
    (pedida.rutOtec ?? rutOtec) === rutOtec &&
    (pedida.codigoOferta ?? codigoOferta) === codigoOferta
  );
}
