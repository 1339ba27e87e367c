import path from 'node:path';

/** Which settings and which state folder; what is left out stands where it usually does. */
export interface PlaceOptions {
  /** The settings' file. */
  config?: string;
  /** The state folder. */
  datos?: string;
  /** Hosts to which a token may be sent by http, from the command line alone. */
  permitirHttp?: string[];
}

/** Which Gestor and which provider, where puente.yaml does not say or other ones are wanted. */
export interface ConnectionOptions {
  config?: string;
  gestor?: string;
  rutOtec?: string;
  permitirHttp?: string[];
}

/** What is read from where, and which part of it. */
export interface SelectionOptions extends ConnectionOptions {
  /** This file or folder instead of the sources of puente.yaml; `-`: the standard input. */
  archivo?: string;
  curso?: string;
  alumno?: string;
  soloErrores?: boolean;
  /** The moment up to which progress counts; now, where it is left out. */
  al?: Date;
  datos?: string;
}

/** The folder of the ledger. */
export function stateFolder(datos: string | undefined, env: NodeJS.ProcessEnv): string {
  return path.resolve(datos || env.PUENTE_DATOS || '.puente');
}
