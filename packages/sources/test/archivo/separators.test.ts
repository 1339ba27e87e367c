import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/index.ts';
import { csv, flatRow, read, readOne } from './reading.ts';

const text = csv([flatRow(), flatRow({ rutAlumno: '11.111.111-1', actividades: 'Foro' })]);
const [header = '', ...rows] = text.split('\r\n');

describe('a separator is found by the names that it makes of the header', () => {
  it.each(['^', '~', '¦', '||', '::', '\u001f', '\u0001'])('%j', async (separator) => {
    const { students, told } = await readOne([header, ...rows].join('\n').replaceAll(';', separator));
    expect(students.map(({ alumno, held }) => [alumno.rutAlumno, held.length])).toEqual([
      [12345678, 0],
      [11111111, 0],
    ]);
    expect(told).toEqual([]);
  });

  it.each(['sep=,\r\n', 'SEP=;\r', '"sep=|"\n'])('also under the wrong line %j', async (line) => {
    const { students, told } = await readOne(line + [header, ...rows].join('\n').replaceAll(';', '\t'));
    expect(students).toHaveLength(2);
    expect(told).toEqual([]);
  });

  it('line by line, where another export was pasted below', async () => {
    const commas = (line: string) => line.replaceAll(';', ',');
    for (const lines of [
      [header, ...rows.map(commas)],
      [header, rows[0] ?? '', commas(rows[1] ?? '')],
      [commas(header), commas(rows[0] ?? ''), rows[1]?.replace(';50;', ';50,0;') ?? ''],
      [header, rows[0] ?? '', commas(header), commas(rows[1] ?? '')],
    ]) {
      const { students, told } = await readOne(lines.join('\n'));
      expect(students.map(({ alumno }) => alumno.porcentajeAvance)).toEqual([50, 50]);
      expect(told).toEqual([]);
    }
  });
});

describe('what no separator makes cells of', () => {
  it('is a row with a RUT in it, and told', async () => {
    const line = (rows[1] ?? '').replace(';50;', ',50,5,').replaceAll(';', ',');
    const { courses, findings } = await read([header, rows[0], line].join('\n'));
    expect(courses[0]?.students).toHaveLength(1);
    expect(findings).toEqual([
      expect.objectContaining({
        severity: 'error',
        place: 'avance.csv, fila 3',
        message: expect.stringContaining('En ellas están: 11111111-1.'),
      }),
    ]);
  });

  it.each([
    [/;/g, '    ', 'separados por espacios'],
    [/;/g, ' ', 'separados por espacios'],
    [/;/g, '*', 'separados por «*»'],
  ])('says what was seen: %s %j', async (from, to, what) => {
    const { courses, findings } = await read([header, ...rows].join('\n').replace(from, to));
    expect(courses).toEqual([]);
    expect(findings).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(what),
        fix: expect.stringContaining('punto y coma'),
      }),
    ]);
  });

  it('says that a header mixes two, and who is below it', async () => {
    const { findings } = await read([header.replace(';', ',').replace(';', ','), ...rows].join('\n'));
    expect(findings.map(({ message }) => message)).toEqual([
      'En avance.csv, la fila de los nombres de las columnas mezcla separadores: «codigoOferta,codigoGrupo,rutAlumno» quedó en una sola celda. No se leyó ninguna de sus filas. En ella están: 12345678-5 y 11111111-1.',
    ]);
  });

  it('shows what a file without a header begins with', async () => {
    const { findings } = await read('uno;dos\ntres;cuatro');
    expect(findings[0]?.message).toContain('Lo primero que dice es «uno y dos»');
  });

  it('a quote that swallows the rows below it is told with its row, and nothing is read', async () => {
    const three = [rows[0], rows[0]?.replace('OF-1', '"OF-1'), rows[0], rows[1]?.replace('Foro', '"Foro"')];
    const reading = read([header, ...three].join('\n'));
    await expect(reading).rejects.toThrow(SourceError);
    await expect(reading).rejects.toThrow('en la fila 3 hay comillas');
  });

  it('so is one that is never closed', async () => {
    const reading = read([header, rows[0], rows[0]?.replace('OF-1', '"OF-1')].join('\n'));
    await expect(reading).rejects.toThrow('en la fila 3 hay comillas');
  });

  it('the mark with which DOS ends a text is no row', async () => {
    const { findings } = await read(`${text}\r\n\u001a`);
    expect(findings).toEqual((await read(text)).findings);
  });
});
