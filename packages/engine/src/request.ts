import type { GestorClient } from '@puente-sic/client';
import type { CourseSelection, Source } from '@puente-sic/sources';
import type { Ledger } from './ledger/ledger.ts';

/** One training provider with its credentials. */
export interface Otec {
  /** Canonical, `77124930-2`. */
  rut: string;
  /** As {@link readToken} gives it; goes into the call and nowhere else. */
  token: string;
  /** As people call it; the RUT where left out. */
  nombre?: string;
}

/** What to do with a module whose percentage is below the last accepted one (025). */
export type PoliticaDescenso =
  /** Leave that module out and tell. */
  | 'omitir'
  /** Send the last accepted percentage and tell. */
  | 'mantener';

/** `completo`: everything each night; `cambios`: only what differs from what SENCE accepted last. */
export type Modo = 'completo' | 'cambios';

/** One entry of `cursos` in puente.yaml. */
export interface CursoConfig extends CourseSelection {
  /** Name of the source. */
  fuente: string;
  /** RUT of the provider that reports it. */
  otec: string;
  descenso?: PoliticaDescenso;
  modo?: Modo;
}

/** Which courses and students, of those that the sources have. */
export interface Filters {
  /** codigoOferta. */
  curso?: string;
  /** codigoGrupo. */
  grupo?: string;
  /** RUT in any form that people type; several: any of them. */
  alumno?: string | readonly string[];
  /** Only what is refused or held, or was never accepted because its RUT was wrong. */
  soloErrores?: boolean;
}

/** What `preview` needs: no connection. */
export interface PlanRequest {
  sources: Source[];
  otecs: Otec[];
  /** Left out: every course that the sources name, for the only provider. */
  cursos?: CursoConfig[];
  ledger: Ledger;
  /** 1: the seed's fields (September 2021); 2: those of August 2023. */
  version: 1 | 2;
  /** The moment reported; its Santiago date is the night's (`fechaEjecucion`). */
  at: Date;
  filters?: Filters;
  /** For courses whose entry in `cursos` does not say; `completo` when left out. */
  modo?: Modo;
  /** Also what SENCE accepted for this same night with the same values, which is left out otherwise. */
  repetir?: boolean;
  signal?: AbortSignal;
}

export interface SendRequest extends PlanRequest {
  clock: () => Date;
  clientFor: (otec: Otec) => GestorClient;
  /** Calls at once per provider; 2 when left out. */
  concurrency?: number;
  /**
   * The service's own run for its night: what it has sent of this night already, and arrived, does not go again, whatever
   * it says now.
   */
  onceTonight?: boolean;
  onProgress?: (event: Progress) => void;
}

/** What `send` is doing, for a progress bar; the last one of a course carries its result. */
export type Progress =
  | { kind: 'reading'; source: string }
  /** Once, when everything is read: how much there is to do. */
  | { kind: 'planned'; courses: number }
  | { kind: 'settling'; codigoEnvio: string; codigoOferta: string; codigoGrupo: string }
  | {
      kind: 'sending';
      codigoEnvio: string;
      codigoOferta: string;
      codigoGrupo: string;
      part: number;
      parts: number;
      records: number;
    }
  | { kind: 'course'; codigoOferta: string; codigoGrupo: string; done: number; courses: number };
