import { nameOf, type Problem } from './problem.ts';
import type { Settings } from './settings.ts';

/** Hosts, or `host:port`, that a person named on the command line: never from the file or the panel. */
export type PermittedHttp = readonly string[];

/** Why a token is not to be sent to a Gestor; null where it may be. Throws for what is no address. */
export function plainHttpProblem(gestor: string, permitted: PermittedHttp): string | null {
  const { host, hostname } = new URL(gestor);
  if (isPrivate(gestor) || permitted.some((one) => one === host || one === hostname)) return null;
  return `va por http, sin cifrar: el token y los datos de los alumnos quedarían a la vista de quien esté en el camino. Use https; para un ensayo en su propia red, agregue a la orden --permitir-http ${hostname}`;
}

/** Moodles that are asked by http: their token and the students' data can be read on the way. */
export function plainHttpWarnings({ fuentes }: Settings): Problem[] {
  return fuentes.flatMap((fuente, at) => {
    if (fuente.tipo !== 'moodle-ws' || isPrivate(fuente.url)) return [];
    const path = ['fuentes', at, 'url'];
    return { path, message: `${nameOf(path)} ${LMS_BY_HTTP}` };
  });
}

/** Whether nobody can listen on the way to an address: encrypted, or within this computer. */
export function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isThisComputer(hostname);
}

function isThisComputer(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

export const LMS_BY_HTTP =
  'va por http, sin cifrar: el token y los datos de los alumnos quedan a la vista de quien esté en el camino. Si el sitio atiende por https, escríbala así';
