import type { Ledger, ServeEvent, ServeRequest } from '@puente-sic/engine';
import type { Enlaces } from '../accounts/enlace.ts';
import type { Entregas } from '../entregas.ts';
import type { Problem } from '../problem.ts';
import type { Setup } from '../setup/contract.ts';
import type { UseRunning } from './running.ts';

/** What a panel shows and changes. */
export interface PanelGround {
  /** Open for as long as the panel serves it. */
  ledger: Ledger;
  use: UseRunning;
  setup: Setup;
  /** Those that open the panel to who sits at the computer. */
  enlaces: Enlaces;
  /** The key of what is kept encrypted; made where there is none yet. */
  clave: () => Promise<string>;
  clock: () => Date;
  /** Where platforms deliver to; left out: nowhere. */
  entregas?: Entregas;
}

/** A panel, as the service sees it. */
export interface ServicePanel {
  /** Where browsers find it, for the links of mails. */
  readonly address: string;
  serve(ground: PanelGround): Promise<void>;
  /** Instead of everything else: why nothing can be used. */
  tell(problem: Problem): Promise<void>;
  onEvent(event: ServeEvent): void;
  close(): Promise<void>;
}

/** What the program around the service gives it. */
export interface ServiceParts<P extends ServicePanel> extends NightParts {
  openPanel(): Promise<P>;
}

export interface NightParts {
  onEvent(event: ServeEvent): void;
  /** An alert could not be delivered through this channel; it is tried again. */
  onUndelivered(canal: string): void;
  /** A bug: its stack is for the log. What it stopped is tried again. */
  onDefect(error: unknown, haciendo?: string): void;
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** The wait between two questions of the night; a minute where it is left out. */
  between?: ServeRequest['pause'];
}
