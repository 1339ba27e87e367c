import type { Ledger, Provider } from '@puente-sic/engine';
import type { Logger } from 'pino';
import type { Access } from './access/access.ts';
import type { EventBus } from './events/bus.ts';
import type { Jobs } from './jobs.ts';
import type { PanelOptions } from './options.ts';

/** What every route works with. */
export interface Context extends Pick<PanelOptions, 'providers' | 'version' | 'clock' | 'clientFor'> {
  ledger: Ledger;
  access: Access;
  bus: EventBus;
  jobs: Jobs;
  logger: Logger;
}

/** One provider by its RUT; undefined where this panel has none of it. */
export function providerOf({ providers }: Context, rutOtec: string): Provider | undefined {
  return providers.find(({ otec }) => otec.rut === rutOtec);
}
