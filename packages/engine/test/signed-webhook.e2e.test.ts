import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendTestAlert, type Webhook } from '../src/index.ts';

const CLAVE = 'una clave que ambos conocen';
const GUIDE = readFileSync(new URL('../../../docs/configuracion.md', import.meta.url), 'utf8');
const HAS_PHP = spawnSync('php', ['--version']).status === 0;

let web: Server;
let got: { cabeceras: IncomingHttpHeaders; cuerpo: string }[];
beforeEach(async () => {
  got = [];
  web = createServer(async (request, response) => {
    let cuerpo = '';
    for await (const chunk of request) cuerpo += chunk;
    got.push({ cabeceras: request.headers, cuerpo });
    response.end();
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => web.close(resolve)));

/** What arrives of an alert that is sent at this time. */
async function received(more: Partial<Webhook>, now = new Date()) {
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/entrada`;
  await sendTestAlert({ tipo: 'webhook', url, ...more }, { rutOtec: '76543210-3', otec: 'Ñandú' }, now);
  const last = got.at(-1);
  if (last === undefined) throw new Error('Nothing came');
  return last;
}

type Check = (
  received: { cabeceras: IncomingHttpHeaders; cuerpo: string },
  clave?: string,
) => Promise<boolean>;

const inNode: Check = async ({ cabeceras, cuerpo }, clave = CLAVE) => {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(GUIDE) ?? [];
  const { esDePuente } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return esDePuente(cabeceras, cuerpo, clave);
};

const inPhp: Check = async ({ cabeceras, cuerpo }, clave = CLAVE) => {
  const [, code = ''] = /```php\n([\s\S]*?)```/.exec(GUIDE) ?? [];
  const run = `${code}; echo es_de_puente($argv[1], $argv[2], $argv[3], $argv[4]) ? 'si' : 'no';`;
  const given = [cabeceras['x-puente-fecha'] ?? '', cabeceras['x-puente-firma'] ?? ''].map(String);
  return execFileSync('php', ['-r', run, '--', ...given, cuerpo, clave]).toString() === 'si';
};

describe.each([
  ['Node', inNode, true],
  ['PHP', inPhp, HAS_PHP],
] as const)('as the guide checks it in %s', (_, isOurs, canRun) => {
  test.skipIf(!canRun)(
    'a signed alert is ours; one that was changed, repeated later or unsigned is not',
    async () => {
      const signed = await received({ clave: CLAVE });
      expect(await isOurs(signed)).toBe(true);
      expect(await isOurs(signed, 'otra clave')).toBe(false);
      expect(await isOurs({ ...signed, cuerpo: signed.cuerpo.replace('Ñ', 'N') })).toBe(false);
      const cabeceras = { ...signed.cabeceras, 'x-puente-fecha': String(Math.floor(Date.now() / 1000) + 1) };
      expect(await isOurs({ ...signed, cabeceras })).toBe(false);
      expect(await isOurs(await received({ clave: CLAVE }, new Date(Date.now() - 400_000)))).toBe(false);
      expect(await isOurs(await received({}))).toBe(false);
      expect(await isOurs(await received({ clave: CLAVE, formato: 'slack' }))).toBe(true);
    },
  );
});
