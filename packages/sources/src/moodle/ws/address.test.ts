import { describe, expect, it } from 'vitest';
import { isLoopback, isUnencrypted, redirectTarget, siteAddress } from './address.ts';

describe('siteAddress', () => {
  it.each([
    ['https://aula.otec.example', 'https://aula.otec.example'],
    [' https://aula.otec.example/ ', 'https://aula.otec.example'],
    ['https://aula.otec.example/login/index.php', 'https://aula.otec.example'],
    ['https://otec.example/moodle/my/', 'https://otec.example/moodle'],
    ['https://otec.example/moodle/course/view.php?id=2', 'https://otec.example/moodle'],
    ['https://otec.example/moodle/webservice/rest/server.php', 'https://otec.example/moodle'],
    ['http://otec.example:8080/index.php', 'http://otec.example:8080'],
  ])('%s', (pasted, site) => expect(siteAddress(pasted)).toBe(site));

  it.each([
    'aula.otec.example',
    'ftp://otec.example',
    'https://yo:clave@otec.example',
    'https://yo@otec.example',
    '',
  ])('refuses %j', (text) => expect(() => siteAddress(text)).toThrow(/no se puede leer/));
});

describe('redirectTarget', () => {
  it('reads relative ones too, and never keeps a query', () => {
    expect(redirectTarget('/webservice/rest/server.php?wstoken=x', 'http://a.example')).toBe(
      'http://a.example',
    );
    expect(redirectTarget('https://b.example/m/webservice/rest/server.php', 'http://a.example')).toBe(
      'https://b.example/m',
    );
    expect(redirectTarget('https://sso.example/entrar?token=x', 'http://a.example')).toBe(
      'https://sso.example',
    );
  });

  it('gives null for what it cannot read', () => {
    expect(redirectTarget(undefined, 'http://a.example')).toBeNull();
    expect(redirectTarget('ftp://b.example', 'http://a.example')).toBeNull();
  });
});

it('knows this machine and an open road', () => {
  expect(['http://localhost:8085', 'http://127.0.0.1', 'https://[::1]/m'].map(isLoopback)).toEqual([
    true,
    true,
    true,
  ]);
  expect(isLoopback('http://localhost.example')).toBe(false);
  expect(isUnencrypted('http://otec.example')).toBe(true);
  expect(isUnencrypted('https://otec.example')).toBe(false);
  expect(isUnencrypted('http://localhost')).toBe(false);
});
