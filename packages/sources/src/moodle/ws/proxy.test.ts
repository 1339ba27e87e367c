import { describe, expect, it } from 'vitest';
import { wayTo } from './proxy.ts';

const site = 'https://aula.otec.example';

describe('the way to a site', () => {
  it.each<[string, NodeJS.ProcessEnv, boolean]>([
    ['without a proxy', {}, false],
    ['by one with a scheme', { HTTPS_PROXY: 'http://proxy.empresa.example:3128' }, true],
    ['by one without', { https_proxy: 'proxy.empresa.example:3128' }, true],
    ['by that of http, where there is no other', { HTTP_PROXY: 'proxy.empresa.example:3128' }, true],
  ])('%s', async (_, env, proxied) => {
    const way = wayTo(site, env);
    expect(way.proxied).toBe(proxied);
    await way.dispatcher.close();
  });

  it('to this machine is direct', async () => {
    const way = wayTo('http://127.0.0.1:8080', { HTTP_PROXY: 'proxy.empresa.example:3128' });
    expect(way.proxied).toBe(false);
    await way.dispatcher.close();
  });

  it.each([
    ['socks5://u:secreta@127.0.0.1:1080', /es SOCKS/],
    ['http://u:secreta@[', /no se entiende/],
  ])('not by %s: told, without the password', (proxy, says) => {
    expect(() => wayTo(site, { HTTPS_PROXY: proxy })).toThrow(says);
    expect(() => wayTo(site, { HTTPS_PROXY: proxy })).not.toThrow(/secreta/);
  });
});
