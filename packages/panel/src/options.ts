import type { PanelGround } from '@puente-sic/app';
import type { Logger } from 'pino';

/** Where the panel listens. */
export interface PanelPlace {
  /** 127.0.0.1 when left out. Anything but loopback is refused until an administrator has a password. */
  host?: string;
  /** 4350 when left out; 0: any free one. */
  port?: number;
  /** Where browsers find it, behind a reverse proxy on this machine: `https://panel.example.cl`. */
  publicUrl?: string;
  /** The built pages, where they are not in their usual place. */
  webFolder?: string;
  /** A folder with files that a rehearsal hands out, to be given back through the panel; left out: none. */
  ejemplos?: string;
  /** Default: silent. */
  logger?: Logger;
}

export type PanelOptions = PanelPlace & PanelGround;
