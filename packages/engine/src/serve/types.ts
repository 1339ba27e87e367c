import type { GestorClient } from '@puente-sic/client';
import type { Source } from '@puente-sic/sources';
import type { Ledger } from '../ledger/ledger.ts';
import type { CursoConfig, Modo, Otec } from '../request.ts';
import type { EnvioHecho } from '../results.ts';
import type { Ventana } from '../window.ts';

/** One training provider as the service runs it. */
export interface Provider {
  otec: Otec;
  sources: Source[];
  /** Left out: every course that the sources list. */
  cursos?: CursoConfig[];
  /** Sources whose courses are this provider's, where nobody says whose they are; all when left out. */
  fuentesPropias?: readonly string[];
  /** {@link VENTANA_OFICIAL} when left out. */
  ventana?: Ventana;
  modo?: Modo;
  /** A course goes on being sent so many days after its last day; {@link GRACIA_DIAS} when left out. */
  graciaDias?: number;
  /** What was not sent inside the window: give the night up (default), or send it until the next one begins. */
  tardio?: 'perder' | 'enviar';
  /** Calls at once; 2 when left out. */
  concurrency?: number;
}

export interface ServeContext {
  ledger: Ledger;
  version: 1 | 2;
  clock: () => Date;
  clientFor: (otec: Otec) => GestorClient;
  onEvent?: (event: ServeEvent) => void;
  /** A defect of puente stopped one thing and nothing else; for the log, with its stack. */
  onDefect?: (defect: Defect) => void;
}

/** What was not to be thrown: a bug, a ledger that cannot be used, settings that cannot be run. */
export interface Defect {
  /** Null: of no single provider. */
  rutOtec: string | null;
  /** What was being done, in Spanish: `el curso X`, `la lectura de «aula»`. */
  haciendo: string;
  error: unknown;
}

/** Something of a provider that is well or not; only a change is worth an alert. */
export type Clave = 'token' | 'conexion' | 'reloj' | 'servicio' | 'respaldo' | `fuente:${string}`;

/** What the service did or found; for the log, the screen and the alerts. Holds RUTs: mask before logging. */
export type ServeEvent =
  /** It is known which courses a night has: from puente.yaml, else from each source when it has been read. */
  | { kind: 'night'; rutOtec: string; noche: string; courses: number }
  /** A call of a course begins. */
  | { kind: 'sending'; rutOtec: string; noche: string; curso: string }
  /** A course is done for the night; without `envios` nothing was to be sent, or the history has told what became of it. */
  | { kind: 'done'; rutOtec: string; noche: string; curso: string; envios: EnvioHecho[]; tarde: boolean }
  /** A course is not done yet; tried again at `next`. */
  | { kind: 'retry'; rutOtec: string; noche: string; curso: string; motivo: string; next: Date }
  /** Courses that a night ended without. */
  | { kind: 'lost'; rutOtec: string; noche: string; cursos: string[]; motivo: string }
  /** The history has told what became of a call whose answer was lost. */
  | { kind: 'settled'; rutOtec: string; noche: string; codigoEnvio: string; arrived: boolean }
  | { kind: 'condition'; rutOtec: string; clave: Clave; mal: boolean; mensaje: string; queHacer: string };

/** Days after its last day that a course is still sent: late corrections of progress and grades. */
export const GRACIA_DIAS = 7;
