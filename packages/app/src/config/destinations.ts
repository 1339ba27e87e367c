import { isInternalHost } from '@puente-sic/protocol';
import { nameOf, type Problem } from './problem.ts';
import type { Settings } from './settings.ts';

/**
 * Why nothing is sent to an address: it is that of a service that tells a machine in a cloud its own passwords, or of
 * this network segment alone. Where a name of the DNS leads is judged when it is called, see `judgedLookup`. Throws for
 * what is no address.
 */
export function destinationProblem(address: string, permitted: readonly string[]): string | null {
  const hostname = hostnameOf(address);
  if (!isInternalHost(hostname) || permitted.includes(hostname)) return null;
  return 'es la dirección de un servicio interno de la máquina (metadatos de la nube o red local automática), que puente no usa; si de verdad es lo que quiere, agregue a la orden --permitir-http con ese servidor';
}

/** The same of every address of puente.yaml that is called. */
export function destinationProblems(
  { gestor, otecs, fuentes }: Settings,
  permitted: readonly string[],
): Problem[] {
  const sources = fuentes.flatMap((fuente, at): Place[] => {
    if (fuente.tipo === 'push' && fuente.webhook)
      return [[['fuentes', at, 'webhook', 'url'], fuente.webhook.url]];
    if (!('url' in fuente)) return [];
    const time = fuente.tipo === 'moodle-ws' ? fuente.tiempo?.baseDeDatos?.url : undefined;
    const inTime: Place[] =
      time === undefined ? [] : [[['fuentes', at, 'tiempo', 'baseDeDatos', 'url'], time]];
    return [[['fuentes', at, 'url'], fuente.url], ...inTime];
  });
  const channels = otecs.flatMap(({ alertas = [] }, otec) =>
    alertas.flatMap((canal, at): Place[] => {
      const path = ['otecs', otec, 'alertas', at];
      if (canal.tipo === 'webhook') return [[[...path, 'url'], canal.url]];
      const address = `smtp://${bracketed(canal.servidor)}`;
      return URL.canParse(address) ? [[[...path, 'servidor'], address]] : [];
    }),
  );
  const places: Place[] = [[['gestor'], gestor], ...sources, ...channels];
  return places.flatMap(([path, address]) => {
    const problem = destinationProblem(address, permitted);
    return problem === null ? [] : { path, message: `${nameOf(path)} ${problem}` };
  });
}

type Place = [path: readonly PropertyKey[], address: string];

/** As the network would take it: `2852039166` and `0xa9fea9fe` are addresses too, also behind `mysql://`. */
function hostnameOf(address: string): string {
  const { hostname } = new URL(address);
  const asWeb = `http://${hostname}`;
  return (URL.canParse(asWeb) ? new URL(asWeb).hostname : hostname).replace(/\.$/, '');
}

/** A mail server stands alone, where a colon is an address's own. */
function bracketed(server: string): string {
  return server.includes(':') && !server.startsWith('[') ? `[${server}]` : server;
}
