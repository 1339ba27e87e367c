import { SourceError } from '../../source.ts';

const ENDPOINT = '/webservice/rest/server.php';

/**
 * The address of a Moodle site as people paste it (with `/login/index.php`, `/my/`, a course's page, a last
 * slash) → the site's own, without a slash at its end.
 * @throws {SourceError} what is not an http(s) address.
 */
export function siteAddress(text: string): string {
  const url = parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new SourceError(
      'wrong',
      'La dirección del Moodle (`url`) no se puede leer.',
      'Escriba la dirección con que abre el Moodle en el navegador, por ejemplo https://aula.miotec.cl, sin usuario ni clave.',
    );
  }
  const path = url.pathname
    .replace(/\/(webservice|login|my|course|user|mod|admin|grade|report)(\/.*)?$/, '')
    .replace(/\/index\.php$/, '')
    .replace(/\/+$/, '');
  return `${url.origin}${path}`;
}

/** Where a site answers web service calls over REST. */
export function endpoint(site: string): string {
  return `${site}${ENDPOINT}`;
}

/** The site that a redirect points at; null when it cannot be read. Never with the query: it could hold the token. */
export function redirectTarget(location: string | undefined, from: string): string | null {
  const url = location === undefined ? null : parse(location, endpoint(from));
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const path = url.pathname.endsWith(ENDPOINT) ? url.pathname.slice(0, -ENDPOINT.length) : '';
  return `${url.origin}${path.replace(/\/+$/, '')}`;
}

/** The token would travel unencrypted over a network. */
export function isUnencrypted(site: string): boolean {
  return site.startsWith('http:') && !isLoopback(site);
}

/** This very machine: never through a proxy. */
export function isLoopback(site: string): boolean {
  return /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/.test(site);
}

function parse(text: string, base?: string): URL | null {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}
