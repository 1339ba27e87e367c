import type { Curso } from '@puente-sic/protocol';

/** One send as it must survive a restart. Plain JSON, so that any place can keep it. */
export interface StoredSend {
  codigoEnvio: string;
  /** What was sent; null once it is told what became of it. It holds RUTs: keep it as carefully as the LMS's own data. */
  curso: Curso | null;
  codigoOferta: string;
  codigoGrupo: string;
  /** Hash of what was sent. */
  huella: string;
  version: 1 | 2;
  /** Santiago's day, `YYYY-MM-DD`. */
  dia: string;
  /** ISO 8601 in UTC. */
  enviado: string;
  /** The highest id_proceso known when it left. */
  procesoAnterior: number | null;
  idProceso: number | null;
  /** Whoever answered said that it took nothing; the history is looked at before it counts. */
  negado: boolean;
  /** The first time that the service was asked after the cut, ISO 8601, by this computer's clock and by its own. */
  preguntado: { local: string; service: string | null } | null;
  /**
   * - `abierto`: not known what became of it. It is saved so before a byte leaves.
   * - `aceptado`: every record was accepted. `dicho`: told, and some were not.
   * - `no-llego`: proved not to have arrived.
   */
  estado: 'abierto' | 'aceptado' | 'dicho' | 'no-llego';
}

/**
 * Where {@link GestorClient.sendCourse} keeps a provider's sends over restarts: one for each provider (OTEC). At most
 * one process uses it at a time.
 */
export interface SendStorage {
  /** Every send kept, oldest first. */
  load(): Promise<StoredSend[]>;
  /** Adds a send, or replaces the one with its codigoEnvio. Resolves once it would survive a power cut. */
  save(send: StoredSend): Promise<void>;
}

/** Keeps sends as long as the process lives: for tests, and for what may be sent again after a restart. */
export function memoryStorage(): SendStorage {
  const sends = new Map<string, StoredSend>();
  return {
    load: async () => structuredClone([...sends.values()]),
    save: async (send) => {
      sends.set(send.codigoEnvio, structuredClone(send));
    },
  };
}
