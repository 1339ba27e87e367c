import type { Curso } from '@puente-sic/protocol';
import type { Asked } from './wait.ts';

/** One send of which it is not known what became, as it must survive a restart. */
export interface OpenSend {
  codigoEnvio: string;
  /** The body as sent, without who sends it. */
  curso: Curso;
  /** 1: the body went without its codigoEnvio, so that only what it says tells it. */
  version: 1 | 2;
  /** When it left, by this computer's clock; says only from which day on the history is looked through. */
  sentAt: Date;
  /** What an answer has given; null while none has. */
  idProceso: number | null;
  /**
   * Whoever answered said that it took nothing (token refused, 429, a redirect). Then nothing is under way any more,
   * and one whole look at the history is the proof; services have been seen that recorded it all the same.
   */
  denied: boolean;
  /** The first time that the service was asked after the send was cut; null: not yet. */
  firstAsked: Asked | null;
}

/** A process of the provider that is some other send's. */
export interface KnownProcess {
  idProceso: number;
  /** The day reported, `YYYY-MM-DD`. */
  day: string;
}

/** What is known of the provider's other sends. */
export interface OtherSends {
  processes: readonly KnownProcess[];
  /** The highest process number known when this send left; numbers rise. [A 2] Null: none was. */
  highestBefore: number | null;
}

/**
 * Where sends are kept over restarts: what {@link settleSend} reads and writes. What became of a send that arrived is
 * its caller's to keep.
 */
export interface Storage {
  otherSends(send: OpenSend): Promise<OtherSends>;
  /** Keeps the first moment at which the service was asked after the cut. */
  noteAsked(send: OpenSend, asked: Asked): Promise<void>;
  /** The send is proven not to have arrived and may be made again. */
  notArrived(send: OpenSend, proof: Proof): Promise<void>;
}

/** On what a send is said not to have arrived. */
export interface Proof {
  /** The history was looked through from this day on, `YYYY-MM-DD`, and had so many processes. */
  desde: string;
  procesos: number;
  asked: Asked;
  status: number;
}
