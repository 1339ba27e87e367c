import { BASE_URL, formatRut, isValidRut, readRut, readToken } from '@puente-sic/protocol';
import { Failure } from '../failure.ts';
import type { ConnectionOptions } from '../options.ts';
import { gestorProblem } from './addresses.ts';
import { destinationProblem } from './destinations.ts';
import { type PermittedHttp, plainHttpProblem } from './plain-http.ts';
import type { Settings } from './settings.ts';

/** Which Gestor, and the providers that report to it. */
export interface Connection {
  gestor: string;
  otecs: { rut: string; token: string; nombre?: string }[];
}

/**
 * Puts puente.yaml, the flags and SENCE_TOKEN together: flags win over the file. With both flags SENCE_TOKEN wins too;
 * with `--rut-otec` alone it serves where the file has no token of that provider.
 * Tokens are empty where the command never calls the Gestor and none is known.
 */
export function resolveConnection(
  settings: Settings,
  flags: ConnectionOptions,
  env: NodeJS.ProcessEnv,
  needsTokens: boolean,
): Connection {
  const gestor = flags.gestor === undefined ? settings.gestor : readGestor(flags.gestor, flags.permitirHttp);
  const inFile = settings.otecs;
  const rut = flags.rutOtec === undefined ? undefined : readOtec(flags.rutOtec);
  const wanted = rut === undefined ? inFile : [inFile.find((otec) => otec.rut === rut) ?? { rut }];
  if (wanted.length === 0) {
    throw new Failure(
      'No se sabe de qué OTEC son los datos.',
      'Diga --rut-otec y defina la variable SENCE_TOKEN, o escriba «otecs» en puente.yaml.',
    );
  }
  const trio = rut !== undefined && flags.gestor !== undefined;
  const otecs = wanted.map((otec) => {
    const shared = wanted.length === 1 ? env.SENCE_TOKEN : undefined;
    const text = trio ? (shared ?? otec.token) : (otec.token ?? shared);
    return { ...otec, token: readTokenOf(otec.rut, text, needsTokens) };
  });
  return { gestor, otecs };
}

/** An address of a Gestor that a person gave, judged as puente.yaml is. */
export function readGestor(text: string, permitirHttp: PermittedHttp = []): string {
  const gestor = text.trim();
  const problem =
    gestorProblem(gestor) ??
    destinationProblem(gestor, permitirHttp) ??
    plainHttpProblem(gestor, permitirHttp);
  if (problem === null) return gestor;
  throw new Failure(
    `Esa dirección de un Gestor Intermedio no se puede usar: ${problem}.`,
    `Escríbala completa; la oficial es ${BASE_URL}`,
  );
}

/** The one provider that a command is about, which calls nobody. */
export function resolveOtec(settings: Settings, { rutOtec }: Pick<ConnectionOptions, 'rutOtec'>): string {
  if (rutOtec !== undefined) return readOtec(rutOtec);
  const [only, ...others] = settings.otecs;
  if (only && others.length === 0) return only.rut;
  throw new Failure(
    only
      ? 'puente.yaml tiene varias OTEC y no se sabe de cuál se trata.'
      : 'No se sabe de qué OTEC se trata.',
    'Diga cuál con --rut-otec.',
  );
}

function readOtec(text: string): string {
  const rut = readRut(text);
  if (!rut) throw new Failure(`«${text}» no tiene la forma de un RUT.`, 'Escriba --rut-otec así: 77124930-2');
  if (isValidRut(rut)) return formatRut(rut);
  throw new Failure(
    `El dígito verificador de «${text}» no corresponde a ese RUT.`,
    'Revise el RUT de la OTEC en --rut-otec: el número, y el dígito después del guion.',
  );
}

function readTokenOf(rut: string, text: string | undefined, needed: boolean): string {
  const read = text ? readToken(text) : null;
  if (read) return read.token;
  if (!needed) return '';
  if (!text) {
    throw new Failure(
      `Falta el token de la OTEC ${rut}.`,
      `Defina la variable SENCE_TOKEN con el token que da https://sistemas.sence.cl/rts, o escriba token: \${SENCE_TOKEN} en puente.yaml.`,
    );
  }
  throw new Failure(
    `El token de la OTEC ${rut} no tiene la forma de un token de SENCE.`,
    'Es así: 5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220 (grupos de 8, 4, 4, 4 y 12 signos, del 0 al 9 y de la A a la F). Cópielo de nuevo desde https://sistemas.sence.cl/rts.',
  );
}
