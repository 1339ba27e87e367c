import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { meaningOf } from '../../src/archivo/columns.ts';
import { archivoSource } from '../../src/index.ts';
import { writePlantilla } from '../../src/plantilla/plantilla.ts';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

test.each([
  ['RUT (sin puntos y con guión)', 'alumno.rutAlumno'],
  ['RUT con guión', 'alumno.rutAlumno'],
  ['RUT sin puntos', 'alumno.rutAlumno'],
  ['Rut Alumno(a)', 'alumno.rutAlumno'],
  ['RUT del participante', 'alumno.rutAlumno'],
  ['RUT Trabajador', 'alumno.rutAlumno'],
  ['Tiempo conexión minutos', 'alumno.tiempoConectividad'],
  ['Tiempo en min.', 'alumno.tiempoConectividad'],
  ['% de avance del curso', 'alumno.porcentajeAvance'],
  ['Avance total', 'alumno.porcentajeAvance'],
  ['Fecha de término del curso', 'alumno.fechaFin'],
  ['Código de la sección', 'curso.codigoGrupo'],
  ['Apellidos y Nombres', 'alumno.nombre'],
  ['Nombre y Apellido', 'alumno.nombre'],
  ['Ap. Paterno', 'alumno.apellidos'],
  ['Lista de actividades', 'modulo.listaActividades'],
  ['Nota Final Curso', 'alumno.evaluacionFinal'],
])('«%s» is %s', (header, column) => {
  expect(meaningOf(header)?.column).toBe(column);
});

test.each(['RUT empresa', 'RUT con copia', 'Avance esperado', 'Horas', 'Total', 'Tiempo restante'])(
  '«%s» is none of them',
  (header) => expect(meaningOf(header)).toBeUndefined(),
);

test('a heading with minutes is of minutes, and told; one more word never takes the place of a bare name', async () => {
  const minutes = FLAT_HEADER.map((name) =>
    name === 'tiempoConectividad' ? 'Tiempo conexión minutos' : name,
  );
  const row = { ...flatRow(), 'Tiempo conexión minutos': '120' };
  const { students, told } = await readOne(csv([row], minutes));
  expect(students[0]?.alumno.tiempoConectividad).toBe(7200);
  expect(told.join()).toContain('se llama «Tiempo conexión minutos»');
  const both = await readOne(csv([{ ...flatRow(), 'Avance total': '90' }], [...FLAT_HEADER, 'Avance total']));
  expect(both.students[0]?.alumno.porcentajeAvance).toBe(50);
  expect(both.told.join()).toContain('«Avance total», porque se usó «porcentajeAvance»');
});

const held = async (text: string | Uint8Array, name = 'avance.csv') =>
  (await readOne(text, name)).students.flatMap((student) => [
    ...student.held,
    ...(student.heldModules ?? []),
  ]);

describe('a time', () => {
  it('of two parts has one meaning under HH:MM, and elsewhere the way out is HH:MM:SS', async () => {
    const header = FLAT_HEADER.map((name) => (name === 'tiempoConectividad' ? 'Tiempo (HH:MM)' : name));
    const { students } = await readOne(csv([{ ...flatRow(), 'Tiempo (HH:MM)': '3:30' }], header));
    expect(students[0]).toMatchObject({ held: [], alumno: { tiempoConectividad: 12_600 } });
    const [doubt] = await held(csv([flatRow({ tiempoConectividad: '3:30' })]));
    expect(doubt?.message).toBe('«3:30» puede ser horas y minutos, o minutos y segundos.');
    expect(doubt?.fix).toContain('«03:30:00» o «00:03:30»');
  });

  it('in words that have two meanings is told with HH:MM:SS as the way out', async () => {
    for (const time of ['210 m', '1h 80m', '12.600 s', '1,250 h']) {
      const [doubt] = await held(csv([flatRow({ tiempoConectividad: time })]));
      expect([doubt?.message, doubt?.fix]).toEqual([
        expect.stringContaining(`«${time}»`),
        expect.stringContaining('HH:MM:SS'),
      ]);
    }
  });
});

test('what Excel made a date of is said to be one', async () => {
  const row = FLAT_HEADER.map((name) => flatRow()[name]);
  const at = FLAT_HEADER.indexOf('porcentajeAvance');
  const xml =
    rawRow(1, [...FLAT_HEADER]) +
    rawRow(2, row).replace(/<c r="E2".*?<\/c>/, '<c r="E2" s="1"><v>46145</v></c>');
  expect(at).toBe(4);
  const book = rawWorkbook({
    sheets: [{ name: 'H', xml: `<sheetData>${xml}</sheetData>` }],
    formats: ['dd-mm-yyyy'],
  });
  expect(await held(book, 'a.xlsx')).toMatchObject([
    { message: expect.stringContaining('hay una fecha («2026-05-03»)') },
  ]);
});

test('a letter that only looks like ours in a RUT is shown as what it is', async () => {
  const [doubt] = await held(csv([flatRow({ rutAlumno: '8765432-\u039a' })]));
  expect(doubt?.message).toContain('«8765432-⟨U+039A⟩»');
  const [number] = await held(csv([flatRow({ rutAlumno: '123456785,0' })]));
  expect(number?.message).toContain('no se sabe si trae su dígito verificador');
});

test('a date with blanks or long dashes is that date', async () => {
  for (const fechaInicio of ['25–10–2026', '25 / 10 / 2026']) {
    const { students } = await readOne(csv([flatRow({ fechaInicio })]));
    expect(students[0]?.alumno.fechaInicio).toBe('2026-10-25');
  }
});

test('letters that a heading lost are said', async () => {
  const { findings } = await read(
    csv([{ ...flatRow(), 'Observaci?n': 'x' }], [...FLAT_HEADER, 'Observaci?n']),
  );
  expect(findings[0]?.fix).toContain('letras que se perdieron');
});

test('of a module whose RUT is in doubt it is not said that nobody has it', async () => {
  const text = [
    'codigoOferta;codigoGrupo;RUT;Tiempo;Avance;Inicio;Fin',
    'OF-1;GR-1;12345678-5;7200;50;2026-10-05;2026-12-18',
    '',
    'RUT;Código módulo;Tiempo;Avance;Inicio;Fin;Actividades',
    '12345678;MOD-1;3600;50;2026-10-05;2026-11-05;Foro',
  ].join('\n');
  const { findings } = await read(text);
  expect(findings.map(({ message }) => message)).toEqual([
    'No se sabe si «12345678» es un RUT con su dígito verificador o sin él.',
  ]);
});

test('the filled example in a folder is told and never sent; by its own name it is read', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'puente-ejemplo-'));
  await writePlantilla(dir, { formato: 'csv' });
  const at = new Date('2026-11-23T22:30:00-03:00');
  const { courses, findings } = await archivoSource({ name: 'p', ruta: dir }).read({ at });
  expect(courses).toEqual([]);
  expect(findings.map(({ message }) => message).join()).toContain('personas inventadas');
  const alone = await archivoSource({ name: 'p', ruta: join(dir, 'ejemplo-avance.csv') }).read({ at });
  expect(alone.courses).toHaveLength(1);
  const own = csv([flatRow({ codigoOferta: 'OF-9' })]);
  await writeFile(join(dir, 'ejemplo-avance.csv'), own);
  expect((await archivoSource({ name: 'p', ruta: dir }).read({ at })).courses).toHaveLength(1);
  await rm(dir, { recursive: true });
});
