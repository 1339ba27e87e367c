import type { Ledger, Provider, SendRequest } from '@puente-sic/engine';
import type { Logger } from 'pino';
import type { Setup } from './setup.ts';

/** What is in force at a moment; settings that change put another one in its place. */
export interface Running {
  /** As the service runs them; their sources are read when a person asks. */
  providers: Provider[];
  version: 1 | 2;
  clientFor: SendRequest['clientFor'];
  /** What keeps puente, or one of its providers, from reporting at all. */
  pendientes: { mensaje: string; queHacer: string }[];
}

/** Lends what is in force: its sources stay open until `work` has ended, also when settings change meanwhile. */
export type UseRunning = <T>(work: (running: Running) => Promise<T>) => Promise<T>;

export interface PanelOptions {
  /** Open for as long as the panel is; the caller closes it. */
  ledger: Ledger;
  use: UseRunning;
  /** How puente is set up, and how that is changed. */
  setup: Setup;
  clock: () => Date;
  /** 127.0.0.1 when left out. Anything but loopback is refused until an administrator has a password. */
  host?: string;
  /** 4350 when left out; 0: any free one. */
  port?: number;
  /** Where browsers find it, behind a reverse proxy on this machine: `https://panel.example.cl`. */
  publicUrl?: string;
  /** The built pages, where they are not in their usual place. */
  webFolder?: string;
  /** Default: silent. */
  logger?: Logger;
}
