import type { Logger } from 'pino';
import type { Limits } from './options.ts';
import type { Store } from './store/store.ts';
import type { Supuestos } from './supuestos.ts';

/** What every route works with. */
export interface Context {
  store: Store;
  clock: () => Date;
  logger: Logger;
  limits: Limits;
  supuestos: Supuestos;
}
