import { join } from 'node:path';
import { loadSettings } from '@puente-sic/app';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../src/context.ts';
import type { Asker } from '../src/init/asker.ts';
import { interview } from '../src/init/interview.ts';
import { settingsText } from '../src/init/write.ts';
import { plainTerminal } from '../src/terminal.ts';
import { ANA, csv, OTEC, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

/** A person who has decided what to answer to what. Wrong answers are refused as on the terminal. */
function person(answers: [question: RegExp, answer: string][]): { ask: Asker; told: string[] } {
  const told: string[] = [];
  const answerTo = (message: string) => answers.find(([question]) => question.test(message))?.[1];
  const say = (message: string, suggestion = '') => answerTo(message) ?? suggestion;
  const checked: Asker['text'] = async ({ message, suggestion, check }) => {
    const answer = say(message, suggestion);
    const wrong = check?.(answer);
    if (wrong) throw new Error(`${message}: ${wrong}`);
    return answer;
  };
  return {
    told,
    ask: {
      text: checked,
      secret: checked,
      choose: async (message, options) => {
        const option = options.find(({ value }) => value === answerTo(message)) ?? options[0];
        if (!option) throw new Error(`nothing to choose: ${message}`);
        return option.value;
      },
      chooseMany: async (_message, _options, chosen) => chosen,
      tell: (message) => told.push(message),
      during: (_message, work) => work(),
    },
  };
}

const context = (env: NodeJS.ProcessEnv = {}): Context => ({
  terminal: plainTerminal(
    () => {},
    () => {},
  ),
  json: false,
  env,
  stdin: process.stdin,
  signal: new AbortController().signal,
  clock: () => new Date(),
  finish: () => {},
  sending: () => {},
  onNotice: () => {},
});

test('files: what is asked is tried, and the file that comes out sends', async () => {
  const { ask, told } = person([
    [/RUT de la OTEC/, '76.543.210-3'],
    [/Dirección del Gestor/, office.gestor.url],
    [/^Token/, TOKEN.toLowerCase()],
    [/Archivo, o carpeta/, './avance.csv'],
  ]);
  const text = settingsText(await interview(ask, context()));
  expect(told).toEqual(['Se llega al Gestor y acepta el token.']);
  expect(text.toUpperCase()).not.toContain(TOKEN);
  office.write('puente.yaml', text);
  office.write('avance.csv', csv([ANA, '10']));
  expect(await office.run(['enviar'])).toMatchObject({ code: 0, stderr: '' });
});

test('a token that is refused and a Gestor that is not there are told, and end nothing', async () => {
  const refused = person([
    [/RUT/, OTEC],
    [/Gestor/, office.gestor.url],
  ]);
  await interview(refused.ask, context({ SENCE_TOKEN: 'FFFFFFFF-0000-4000-8000-000000000000' }));
  expect(refused.told).toEqual(['Se llega al Gestor, pero no acepta el token: «Token invalido».']);
  const nobody = person([
    [/RUT/, OTEC],
    [/Gestor/, 'http://127.0.0.1:1/x'],
    [/^Token/, TOKEN],
  ]);
  await interview(nobody.ask, context());
  expect(nobody.told[0]).toContain('rechazó la conexión');
});

test('a wrong check digit is not taken', async () => {
  await expect(interview(person([[/RUT/, '76543210-4']]).ask, context())).rejects.toThrow(
    'dígito verificador',
  );
});

test('what is written of a Moodle is read back as it was meant, secrets as variables', async () => {
  const config = office.write(
    'moodle.yaml',
    settingsText({
      rut: OTEC,
      fuente: {
        tipo: 'moodle-bd',
        nombre: 'moodle',
        prefijo: 'mdl_',
        url: `mariadb://lee:\${MOODLE_CLAVE}@bd:3306/moodle`,
      },
      cursos: [
        { curso: '0012: curso «raro» #1', title: 'Un curso', codigoOferta: '1e5', modulos: { 45: 'PRES1' } },
      ],
    }),
  );
  const env = { SENCE_TOKEN: TOKEN, MOODLE_CLAVE: 'p%40ss' };
  const { settings } = await loadSettings({ config: join(office.folder, config), needsTokens: true, env });
  expect(settings).toMatchObject({
    otecs: [{ rut: OTEC, token: TOKEN }],
    fuentes: [{ url: 'mariadb://lee:p%40ss@bd:3306/moodle' }],
    cursos: [
      { fuente: 'moodle', curso: '0012: curso «raro» #1', codigoOferta: '1e5', modulos: { 45: 'PRES1' } },
    ],
  });
});

test('without a terminal it says so', async () => {
  const run = await office.run(['init', '--json']);
  expect(run.code).toBe(2);
  expect(JSON.parse(run.stdout).error.mensaje).toContain('necesita un terminal');
});
