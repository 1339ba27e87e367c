import type { Kind } from './kinds.ts';
import type { StoredRecord } from './sence.ts';
import type { ProviderTruth } from './truth.ts';
import type { World } from './world.ts';

/** What must never be, whatever befalls. */
export type Invariant =
  /** A figure that was true that night is not at SENCE, and nobody is told. */
  | 'lost-untold'
  /** The same, of a course that the ledger calls done. */
  | 'done-that-was-not'
  /** The same record of a night twice at SENCE, though nobody asked for it twice. */
  | 'recorded-twice'
  /** The service sent a student × module a second time within one night. */
  | 'sent-twice-in-window'
  /** SENCE refused a percentage for being lower than what we had sent ourselves. */
  | 'own-025'
  /** Nothing stood in a provider's way, and its night did not go out in time. */
  | 'held-up-by-another'
  /** What stood in its way was over an hour before the window's end, and it did not go out. */
  | 'not-sent-though-possible'
  /** The ledger says accepted what SENCE's store has not, or not so. */
  | 'ledger-wrong'
  /** The ledger says of a record that SENCE took it, or not, and SENCE's store says otherwise. */
  | 'fate-wrong'
  | 'never-settled'
  /** More than a dozen requests in a night whose token is refused. */
  | 'token-hammered'
  | 'retry-after-ignored'
  /** Who was sent and is not in the source any more is not told by name. */
  | 'left-untold'
  /** A person's send gave nothing, and said nothing. */
  | 'silent-by-hand'
  | 'erased-remains'
  /** The service ended though nothing had ended it. */
  | 'service-fell'
  /** A bug where data, a line or a file were the trouble: a stack instead of words. */
  | 'defect'
  /** A source was read more than once for a night that it gave whole, or all night long. */
  | 'read-too-often'
  /** A token was replaced while the window was open, and the night went on waiting. */
  | 'token-mended-late'
  /** What a source told of a course is kept with no night. */
  | 'finding-untold'
  /** "SENCE lo tiene", of what it has not. */
  | 'confirmed-wrong'
  /** Nobody asked the history whether SENCE has what it accepted. */
  | 'never-confirmed'
  /** A 025 for what another tool had sent, after it was synchronised. */
  | 'known-025'
  /** Who wanted everything once more got nothing. */
  | 'not-repeated'
  /** A difference was told that is none. */
  | 'reconcile-wrong';

export interface Violation {
  invariant: Invariant;
  detail: string;
}

interface Ledgered {
  noches: { rutOtec: string; noche: string; fuente: string; curso: string; estado: string }[];
  errores: {
    rutOtec: string;
    codigoOferta: string;
    rut: string | null;
    codigoModulo: string | null;
    desde: string;
    ultimaVez: string;
    cerrado: string | null;
  }[];
  dichos: { rutOtec: string; noche: string; curso: string; rut: string | null; mensaje: string }[];
  envios: {
    codigoEnvio: string;
    rutOtec: string;
    codigoOferta: string;
    noche: string;
    estado: string;
    origen: string | null;
    idProceso: number | null;
    confirmado: string | null;
  }[];
  registros: { idProceso: number | null; rut: string; codigoModulo: string; resultado: string }[];
  /** Null: neither new nor restored. */
  partida: { leido: string | null } | null;
  aceptados: {
    codigoOferta: string;
    rut: string;
    codigoModulo: string;
    porcentajeAvance: number;
    cuando: string;
  }[];
}

/** One provider as it stands at the end: what is true, what SENCE has, what the ledger says. */
export interface Case extends Ledgered {
  provider: ProviderTruth;
  world: World;
  /** In the order of arrival, less what the line itself repeated. */
  records: (StoredRecord & { sender: string; rutOtec: string })[];
}

/** Whom a person had us forget. */
export function erasedOf({ deeds }: World): Set<string> {
  return new Set(deeds.flatMap(({ erased }) => erased ?? []));
}

/** With these a history, or an answer, does not show all that there is. */
export const BENT: readonly Kind[] = [
  'history-late',
  'history-half',
  'history-garbled',
  'history-cut',
  'truncated',
  'leaked-html',
];

/** One student × module of a course. */
export function keyOf(record: { codigoOferta: string; rut: string; codigoModulo: string }): string {
  return `${record.codigoOferta} ${record.rut} ${record.codigoModulo}`;
}
