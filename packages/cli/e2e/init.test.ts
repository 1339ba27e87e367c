import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { loadSettings } from '@puente-sic/app';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../src/context.ts';
import type { Asker } from '../src/init/asker.ts';
import { interview } from '../src/init/interview.ts';
import { settingsText } from '../src/init/write.ts';
import { plainTerminal } from '../src/terminal.ts';
import { ANA, csv, GRUPO, MODULOS, OFERTA, OTEC, TOKEN } from './support/data.ts';
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
      chooseMany: async (_message, options, chosen) =>
        chosen.length > 0 ? chosen : options.slice(0, 1).map(({ value }) => value),
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

describe('another LMS', () => {
  const others = (tipo: string): [RegExp, string][] => [
    [/RUT de la OTEC/, OTEC],
    [/Dirección del Gestor/, office.gestor.url],
    [/^Token/, TOKEN],
    [/De dónde salen/, tipo],
  ];

  test('by its database: each answer is tried, and the file that comes out sends', async () => {
    const db = new DatabaseSync(join(office.folder, 'aula.db'));
    db.exec(`create table t (curso, alumno, rut, modulo, actividad, instante);
      insert into t values ('9', '17', '${ANA}', 'm0', 'a1', 1700000000), ('9', '17', '${ANA}', 'm0', 'a1', 1700000600)`);
    db.close();
    const query = (entity: string, columns: string) =>
      `-- entidad: ${entity}\nselect distinct ${columns} from t\n`;
    office.write(
      'aula.sql',
      [
        query('cursos', "curso, 'Bodega' as nombre"),
        query('alumnos', 'curso, alumno, rut as documento'),
        query('modulos', "curso, modulo, null as codigoModulo, 'Recibir' as nombre"),
        query('actividades', 'curso, modulo, actividad'),
        query('avances', 'curso, alumno, actividad, 1 as completada'),
        query('clics', 'curso, alumno, modulo, instante'),
      ].join('\n'),
    );
    const { ask, told } = person([
      ...others('sql'),
      [/Qué LMS/, 'propio'],
      [/Qué base de datos/, 'sqlite'],
      // The third of its columns.
      [/^«alumnos» no trae «rut»/, '2'],
      [/Código de oferta/, OFERTA],
      [/Código de grupo/, GRUPO],
      [/Primer día/, '2026-11-01'],
      [/Último día/, '2026-12-31'],
      [/Código del módulo «Recibir»/, MODULOS[0] as string],
    ]);
    const text = settingsText(await interview(ask, context(), office.folder));
    expect(told.join('\n')).toContain('clics: 2 filas');
    expect(text).toContain('sqlite:./aula.db');
    expect(text).toMatch(/columnas:\s+alumnos:\s+rut: documento/);
    office.write('puente.yaml', text);
    const sent = await office.run(['enviar']);
    expect(sent).toMatchObject({ code: 0, stderr: '' });
  });

  test('by a folder that is not there yet: it is made with a file per entity', async () => {
    const { ask, told } = person(others('entidades'));
    const text = settingsText(await interview(ask, context(), office.folder));
    expect(told.at(-1)).toContain('Se creó ./aula');
    expect(readFileSync(join(office.folder, 'aula/clics.csv'), 'utf8')).toBe(
      'curso;alumno;modulo;actividad;instante\n',
    );
    office.write('puente.yaml', text);
    const seen = await office.run(['fuente', 'revisar', '--json']);
    expect(JSON.parse(seen.stdout).revisiones[0].entidades.at(-1)).toMatchObject({
      filas: 0,
      problema: null,
    });
  });

  test('with queries still to be written: a template is, and is told what to complete', async () => {
    const { ask, told } = person([...others('sql'), [/Qué LMS/, 'propio'], [/Qué base de datos/, 'sqlite']]);
    office.write('puente.yaml', settingsText(await interview(ask, context(), office.folder)));
    expect(told.at(-1)).toContain('Se creó ./aula.sql');
    new DatabaseSync(join(office.folder, 'aula.db')).close();
    const seen = await office.run(['fuente', 'revisar']);
    expect(seen.stdout).toContain('usa la tabla «TABLA», que no existe');
  });

  test('with Tutor LMS that cannot be reached: told, and what was answered is written all the same', async () => {
    const { ask, told } = person([
      ...others('sql'),
      [/Qué LMS/, 'tutor-lms'],
      [/Servidor/, '127.0.0.1:1'],
      [/Nombre de la base/, 'wordpress'],
      [/^Clave/, 'a@b%'],
    ]);
    const text = settingsText(await interview(ask, context(), office.folder));
    expect(told.at(-1)).toContain('no contesta');
    expect(text).toContain('receta: tutor-lms');
    expect(text).toContain('mariadb://puente_lectura@127.0.0.1:1/wordpress');
    expect(text).not.toContain('a@b%');
  });
});

test('without a terminal it says so', async () => {
  const run = await office.run(['init', '--json']);
  expect(run.code).toBe(2);
  expect(JSON.parse(run.stdout).error.mensaje).toContain('necesita un terminal');
});
