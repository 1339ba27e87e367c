import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeWindows1252 } from '../../src/archivo/decode.ts';
import { moodleWsSource } from '../../src/moodle/ws/source.ts';
import { type Reading, SourceError } from '../../src/source.ts';
import { courseLog, siteLog } from './log-csv.ts';
import { moodleOf } from './moodle.ts';
import { everyone, messages, student, useSite } from './reading.ts';
import { NOW } from './site.ts';

const aula = useSite();

describe('time spent', () => {
  it('is refused where nobody said where it comes from, and not needed to list and examine', async () => {
    const { open } = await aula.site(moodleOf());
    const source = moodleWsSource({
      name: 'aula',
      url: (await aula.site(moodleOf())).server.url,
      token: 'x',
    });
    await expect(source.read({ at: NOW })).rejects.toMatchObject({
      kind: 'wrong',
      message: expect.stringMatching(/no lo inventa/),
    });
    expect(await open().listCourses()).toHaveLength(2);
    expect((await source.examine({ at: NOW })).snapshots).toHaveLength(2);
    await source.close();
  });

  it('comes from a log download to the second, by module', async () => {
    const reading = await aula.read();
    const ana = student(reading, 'CAP-30-01', 'Ana Muñoz').alumno;
    // 2700 counts, 2701 does not; the last minute belongs to no module.
    expect(ana.tiempoConectividad).toBe(2700 + 599 + 60);
    expect(ana.listaModulos?.map((modulo) => modulo.tiempoConectividad)).toEqual([2700, 599]);
    const beto = student(reading, 'CAP-30-01', "Beto O'Higgins").alumno;
    expect(beto.tiempoConectividad).toBe(1830 + 570 + 60);
    expect(beto.listaModulos?.map((modulo) => modulo.tiempoConectividad)).toEqual([1830, 570]);
  });

  it('comes from one download of the whole site as from one of each course', async () => {
    const whole = join(aula.folder, 'site.csv');
    await writeFile(whole, siteLog());
    const times = (reading: Reading) =>
      everyone(reading).map(({ alumno }) => [
        alumno.tiempoConectividad,
        alumno.listaModulos?.map((one) => one.tiempoConectividad),
      ]);
    expect(times(await aula.read({}, { tiempo: { csv: whole } }))).toEqual(times(await aula.read()));
  });

  it('of a report is the whole course in minutes, and says so', async () => {
    const reading = await aula.read({}, { tiempo: { informe: 1 } });
    expect(student(reading, 'CAP-30-01', 'Ana Muñoz').alumno.tiempoConectividad).toBe(115 * 60);
    expect(student(reading, 'CAP-30-02', 'Ana Muñoz').alumno.tiempoConectividad).toBe(30 * 60);
    expect(messages(reading)).toMatch(/redondeado a minutos/);
    expect(messages(reading)).toMatch(/solo se conoce el tiempo total/);
  });

  it('is not known, never 0, of a course that the log does not hold', async () => {
    await rm(join(aula.folder, 'b.csv'));
    const reading = await aula.read();
    expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).not.toContain('CAP-30-02');
    expect(reading.notGiven).toMatchObject([{ curso: '3', cause: 'withheld' }]);
    expect(messages(reading).match(/Ningún archivo de registros trae el curso «CAP-30-02»/g)).toHaveLength(1);
  });

  it.each([
    ['the code page of Windows', (text: string) => encodeWindows1252(text)],
    ['UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('a log saved again by Excel in %s is read by its one separator', async (_, encode) => {
    const original = await aula.read();
    for (const [name, course] of [
      ['a.csv', 2],
      ['b.csv', 3],
    ] as const)
      await writeFile(join(aula.folder, name), encode(asExcel(courseLog(course))));
    const reading = await aula.read();
    expect(messages(reading)).not.toMatch(/no dicen quién/);
    expect(messages(reading)).toMatch(/redondeado a minutos/);
    const minutes = (one: Reading) =>
      everyone(one).map(({ alumno }) => Math.round(Number(alumno.tiempoConectividad) / 60 / 3));
    // Without its seconds Ana's pause of 2701 is one of 2700.
    expect(minutes(reading).slice(1)).toEqual(minutes(original).slice(1));
  });

  it('a log saved again by Excel of Chile, with hyphens in its dates, is read', async () => {
    const hyphens = (text: string) => text.replace(/^(\d\d)\/(\d\d)\/(\d{4})/gm, '$1-$2-$3');
    await writeFile(join(aula.folder, 'a.csv'), hyphens(asExcel(courseLog(2))));
    const reading = await aula.read();
    expect(reading.notGiven).toEqual([]);
    expect(student(reading, 'CAP-30-01', "Beto O'Higgins").alumno.tiempoConectividad).toBeGreaterThan(2000);
  });

  it.each([
    [
      'whose dates nobody understands',
      (text: string) => text.replace(/\d\d\/\d\d\/\d\d, /g, 'ayer, '),
      /la primera dice «ayer, /,
    ],
    [
      'whose descriptions were translated',
      (text: string) => text.replaceAll('The user', 'El usuario'),
      /ninguna fila dice quién/,
    ],
    ['that is cut', (text: string) => text.slice(0, -30), /termina a medias/],
  ])('a log %s is told as such, not as one that lacks the course', async (_, spoil, says) => {
    await writeFile(join(aula.folder, 'a.csv'), spoil(courseLog(2)));
    const reading = await aula.read();
    expect(reading.notGiven).toMatchObject([{ curso: '2', cause: 'withheld' }]);
    expect(messages(reading)).toMatch(says);
    expect(messages(reading)).not.toMatch(/Ningún archivo/);
  });

  it('a log of which Excel changed some dates and left others is refused', async () => {
    const [head = '', first = '', ...rest] = courseLog(2).split('\n');
    const changed = first.replace(/(\d\d\/\d\d\/)(\d\d), (\d\d:\d\d):\d\d/, '$120$2 $3');
    await writeFile(join(aula.folder, 'a.csv'), [head, changed, ...rest].join('\n'));
    await expect(aula.read({}, { tiempo: { csv: join(aula.folder, 'a.csv') } })).rejects.toThrow(
      /a\.csv trae fechas escritas de dos maneras/,
    );
    const reading = await aula.read();
    expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).toEqual(['CAP-30-02']);
    expect(reading.notGiven).toMatchObject([{ curso: '2', cause: 'withheld' }]);
    expect(messages(reading)).toMatch(/a\.csv trae fechas .* Trae tiempo del curso «CAP-30-01»/);
  });

  describe('beside a file of which nobody knows what it holds', () => {
    const broken = 'roto.csv';
    beforeEach(() => writeFile(join(aula.folder, broken), 'a,b\n1,2\n'));

    const morning = async () => {
      const { open } = await aula.site(moodleOf());
      return open().read({ at: new Date('2026-05-05T08:00:00-04:00') });
    };

    it('is sent of a course whose own download reaches from its beginning to now; the other names the file', async () => {
      const reading = await morning();
      expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).toEqual(['CAP-30-02']);
      expect(reading.notGiven).toMatchObject([{ curso: '2', cause: 'withheld' }]);
      expect(messages(reading)).toMatch(/roto\.csv.* Puede traer tiempo del curso «CAP-30-01»/);
      await rm(join(aula.folder, broken));
      expect((await morning()).notGiven).toEqual([]);
    });

    it('is sent of all where one whole download has all, and the file is told once', async () => {
      await writeFile(join(aula.folder, 'c.csv'), siteLog());
      const reading = await morning();
      expect(reading.notGiven).toEqual([]);
      expect(messages(reading).match(/roto\.csv.* están completos sin él/g)).toHaveLength(1);
    });
  });

  it.each([
    ['no-such-folder', /No existe/],
    ['empty', /no hay archivos .csv/],
    ['other.csv', /falta la columna|faltan las columnas/],
  ])('refuses what is no log: %s', async (name, says) => {
    await mkdir(join(aula.folder, 'empty'));
    await writeFile(join(aula.folder, 'other.csv'), 'a,b\n1,2\n');
    const failure = aula.read({}, { tiempo: { csv: join(aula.folder, name) } });
    await expect(failure).rejects.toThrow(says);
    await expect(failure).rejects.toBeInstanceOf(SourceError);
  });
});

/** As Excel in Spanish saves a log that it opened: its own separator, quotes only where needed, dates in its form. */
function asExcel(log: string): string {
  const [head = '', ...lines] = log
    .replace(/^\ufeff/, '')
    .trim()
    .split('\n');
  const rows = [
    head.replaceAll('"', '').split(','),
    ...lines.map((line) => JSON.parse(`[${line.replaceAll('""', '\\"')}]`)),
  ];
  const cell = (text: string): string =>
    text
      .replace(/^(\d\d\/\d\d\/)(\d\d), (\d\d:\d\d):\d\d$/, '$120$2 $3')
      .replaceAll('Curso: X', 'Curso: Excel, básico');
  return `${rows.map((row: string[]) => row.map((text) => (text.includes('"') ? `"${cell(text).replaceAll('"', '""')}"` : cell(text))).join(';')).join('\r\n')}\r\n`;
}
