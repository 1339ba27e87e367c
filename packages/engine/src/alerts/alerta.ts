import { createHash } from 'node:crypto';

/**
 * One alert, as a webhook of format `json` gets it and as the ledger keeps it until it is delivered. It never holds
 * data of students.
 */
export interface Alerta {
  /** The whole in one text: what Slack and others show. */
  text: string;
  tipo: 'problema' | 'resuelto' | 'noche-perdida' | 'resumen' | 'cierre' | 'prueba';
  rutOtec: string;
  otec: string;
  /** What it is about: `token`, `conexion`, `reloj`, `fuente:NAME`, `noche:DATE`, `resumen:DATE`, `cierre:DATE`, `prueba`. */
  clave: string;
  titulo: string;
  mensaje: string;
  /** Empty where nothing is to be done. */
  queHacer: string;
  /** ISO 8601, UTC. */
  cuando: string;
}

/** Where alerts of a provider go. */
export type Canal = Correo | Webhook;

/** `resumen`: every morning; `problemas`: what goes wrong, and its end; `cierre`: on Mondays, what is to be closed. */
export type Recibe = 'resumen' | 'problemas' | 'cierre';
export const RECIBE: readonly Recibe[] = ['resumen', 'problemas', 'cierre'];

/** Whether a channel is told this kind. Left out: all. */
export function receives({ recibe = RECIBE }: Pick<Canal, 'recibe'>, tipo: Alerta['tipo']): boolean {
  if (tipo === 'prueba') return true;
  return recibe.includes(tipo === 'resumen' || tipo === 'cierre' ? tipo : 'problemas');
}

export interface Correo {
  tipo: 'correo';
  recibe?: readonly Recibe[];
  servidor: string;
  puerto: number;
  /**
   * TLS from the first byte (465); otherwise STARTTLS where the server offers it, and always where a password is sent:
   * whoever stands between could leave the offer out and read it. Not on this computer itself.
   */
  tls?: boolean;
  usuario?: string;
  clave?: string;
  de: string;
  para: string[];
}

export interface Webhook {
  tipo: 'webhook';
  recibe?: readonly Recibe[];
  url: string;
  /** `json`: the {@link Alerta} itself; `slack` and `teams`: what their incoming webhooks take. */
  formato?: 'json' | 'slack' | 'teams';
  /** Known to the receiver too: with it each call is signed, see `postJson`. */
  clave?: string;
}

/** What tells a channel from another in the ledger; without secrets. */
export function channelName(canal: Canal): string {
  if (canal.tipo === 'correo') return `correo ${[...canal.para].sort().join(',')}`;
  // The address of a webhook is its password: its host is named, and a mark that tells two of one host apart.
  const mark = createHash('sha256').update(canal.url).digest('hex').slice(0, 6);
  return `webhook ${new URL(canal.url).host} (${mark})`;
}

export function alertaOf(facts: Omit<Alerta, 'text'>): Alerta {
  const { titulo, otec, mensaje, queHacer } = facts;
  const todo = queHacer === '' ? '' : `\nQué hacer: ${queHacer}`;
  return { text: `${titulo} — ${otec}\n${mensaje}${todo}`, ...facts };
}
