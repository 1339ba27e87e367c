import { expect, test } from 'vitest';
import { destinationProblem, destinationProblems } from './destinations.ts';
import { settingsSchema } from './settings.ts';

test.each([
  ['http://169.254.169.254/latest/meta-data', false],
  ['http://2852039166/', false],
  ['http://0xa9.254.169.254/', false],
  ['http://[::ffff:169.254.169.254]/', false],
  ['http://[::169.254.169.254]/', false],
  ['http://[64:ff9b::169.254.169.254]/', false],
  ['http://[2002:a9fe:a9fe::]/', false],
  ['https://[fe80::1]/', false],
  ['https://metadata.google.internal./computeMetadata', false],
  ['https://METADATA.google.internal/x', false],
  ['http://[fd00:ec2::254]/', false],
  ['http://100.100.100.200/', false],
  ['mysql://lee:clave@169.254.169.254/moodle', false],
  ['mysql://lee:clave@2852039166/moodle', false],
  ['mariadb://lee@[::ffff:169.254.169.254]/moodle', false],
  ['https://auladigital.sence.cl/gestor/API', true],
  ['https://169.254.aula.cl', true],
  ['mysql://lee:clave@10.0.0.5:3306/moodle', true],
  ['http://127.0.0.1:8350', true],
])('%s may be called: %s', (address, may) => {
  expect(destinationProblem(address, []) === null).toBe(may);
});

test('what was named on the command line may be', () => {
  expect(destinationProblem('http://169.254.169.254/x', ['169.254.169.254'])).toBe(null);
  expect(destinationProblem('http://169.254.169.253/x', ['169.254.169.254'])).not.toBe(null);
});

test('every address of the file is looked at', () => {
  const bad = 'http://169.254.169.254/x';
  const mailBy = (servidor: string) => ({
    tipo: 'correo',
    servidor,
    puerto: '25',
    de: 'a@b.cl',
    para: ['c@d.cl'],
  });
  const base = 'mysql://a:b@169.254.169.254/m';
  const settings = settingsSchema.parse({
    gestor: bad,
    otecs: [
      {
        rut: '76543210-3',
        alertas: [{ tipo: 'webhook', url: bad }, mailBy('2852039166'), mailBy('fe80::1')],
      },
    ],
    fuentes: [
      { nombre: 'a', tipo: 'moodle-bd', url: base },
      { nombre: 'b', tipo: 'moodle-ws', url: bad, token: 'x', tiempo: { baseDeDatos: { url: base } } },
    ],
  });
  expect(destinationProblems(settings, []).map(({ path }) => path.join('.'))).toEqual([
    'gestor',
    'fuentes.0.url',
    'fuentes.1.url',
    'fuentes.1.tiempo.baseDeDatos.url',
    'otecs.0.alertas.0.url',
    'otecs.0.alertas.1.servidor',
    'otecs.0.alertas.2.servidor',
  ]);
});
