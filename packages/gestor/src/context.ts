import type { Logger } from 'pino';
import type { ServiceMetrics } from './http/counters.ts';
import type { Maquina } from './maquina/maquina.ts';
import type { Limits } from './options.ts';
import type { Pulso } from './store/pulso.ts';
import type { Store } from './store/store.ts';
import type { Supuestos } from './supuestos.ts';

/** What every route works with. */
export interface Context {
  store: Store;
  pulso: Pulso;
  clock: () => Date;
  logger: Logger;
  limits: Limits;
  supuestos: Supuestos;
  metrics: ServiceMetrics;
  /** What it shares with the other processes of this machine; left out: it is the only one. */
  maquina?: Maquina;
  /** Key of the operators' addresses; left out: they are off. */
  adminKey?: string;
  /** Folder for the night's files; left out: none are written. */
  salida?: string;
}
