import { describe, expect, it } from 'vitest';
import type { ColumnAnswers } from '../../src/archivo/decide/answers.ts';
import { archivoSource } from '../../src/index.ts';
import { reading, table } from './case-reading.ts';
import { csv, FLAT_HEADER, flatRow } from './reading.ts';

async function answered(content: string, columnas: ColumnAnswers) {
  const contenido = new TextEncoder().encode(content);
  const source = archivoSource({ name: 'p', ruta: 'avance.csv', contenido, columnas });
  const { courses, findings } = await source.read({ at: new Date(0) });
  const [student] = courses[0]?.students ?? [];
  const { listaModulos = [], ...alumno } = student?.alumno ?? {};
  return { alumno, modulo: listaModulos[0], held: student?.held ?? [], findings };
}

describe('another person is never sent', () => {
  it.each([
    ['as programs write numbers', '5141213.0', '3', '5141213-3'],
    ['both of them', '5141213.0', '3.0', '5141213-3'],
    ['in groups of three', '33.130.716', '0', '33130716-0'],
  ])('a RUT %s beside its check digit is that RUT', async (_, rutAlumno, dvAlumno, rut) => {
    expect((await reading(table({ rutAlumno, dvAlumno }))).ruts).toEqual([rut]);
  });

  it.each(['5141213.0', '33.130.716', '12345678', '=""', 'no tiene'])(
    'without check digit it is held back, with advice that a sheet understands: %s',
    async (rutAlumno) => {
      const { ruts, held } = await reading(table({ rutAlumno }));
      expect(ruts).toEqual([null]);
      expect(held).toHaveLength(1);
      expect(held[0]?.place).toBe('avance.csv, fila 2, columna rutAlumno');
      expect(`${held[0]?.message} ${held[0]?.fix}`).not.toContain('1234567-8');
      expect(held[0]?.fix).toMatch(/planilla .*guion y dígito verificador/);
    },
  );

  it.each(['RUT 12.345.678-5', 'Rut: 12345678-5', 'R.U.N. N° 12.345.678-5', 'RUN-12345678-5'])(
    'the word before it says nothing of a RUT, and is told: %s',
    async (rutAlumno) => {
      const { ruts, held, told } = await reading(table({ rutAlumno }));
      expect({ ruts, held }).toEqual({ ruts: ['12345678-5'], held: [] });
      expect(told).toEqual([
        expect.stringContaining(
          `con la palabra delante y se leyó sin ella: «${rutAlumno}» es 12345678-5 (fila 2`,
        ),
      ]);
    },
  );

  it.each(['RUT 12345678', 'RUT pendiente', 'RUT CI 1.234.567-8'])(
    'a word before it makes no RUT of what is none: %s',
    async (rutAlumno) => {
      const { ruts, held } = await reading(table({ rutAlumno }));
      expect([ruts, held.length]).toEqual([[null], 1]);
    },
  );

  it('an advice that is followed leads out', async () => {
    const { held } = await reading(table({ rutAlumno: '12345678' }));
    expect(held[0]?.fix).toContain('11222333-9');
    expect((await reading(table({ rutAlumno: '11222333-9' }))).held).toEqual([]);
  });

  it('a person with progress and without RUT is told by name', async () => {
    const { held } = await reading(table({ rutAlumno: '', nombre: 'Sayén Ñancupil' }));
    expect(held[0]?.message).toContain('«Sayén Ñancupil»');
    const { held: alone } = await reading(
      csv(
        [{ ...flatRow({ rutAlumno: '', codigoModulo: '' }), nombre: 'Sayén Ñancupil' }, flatRow()],
        [...FLAT_HEADER, 'nombre'],
      ),
    );
    expect(alone[0]?.message).toContain('«Sayén Ñancupil»');
  });
});

describe('a column decides by all of its cells', () => {
  it('three decimals in seconds: one value proves what the sign is, for both columns of times', async () => {
    const { alumnos, modulos, told } = await reading(
      table(
        { tiempoConectividad: '12600.000', moduloTiempoConectividad: '900.000' },
        { rutAlumno: '9876543-3', tiempoConectividad: '360.000', moduloTiempoConectividad: '45.000' },
      ),
    );
    expect(alumnos.map(({ tiempoConectividad }) => tiempoConectividad)).toEqual([12_600, 360]);
    expect(modulos.map(({ tiempoConectividad }) => tiempoConectividad)).toEqual([900, 45]);
    expect(told).toEqual([expect.stringMatching(/3 números .*«900\.000» es 900 \(fila 2, columna modulo/)]);
  });

  it('marks of 1–7 are left out and asked about once, and the rows go', async () => {
    const row = { estado: 'Aprobado', porcentajeAvance: '100', evaluacionFinal: '6,5', notaModulo: '6,2' };
    const { alumnos, modulos, held, told } = await reading(table(row));
    expect(held).toEqual([]);
    expect(
      [alumnos[0], modulos[0]].map((each) => [
        'evaluacionFinal' in (each ?? {}),
        'notaModulo' in (each ?? {}),
      ]),
    ).toEqual([
      [false, false],
      [false, false],
    ]);
    expect(told).toEqual([expect.stringContaining('«evaluacionFinal» trae una nota de 6,5')]);
    const { alumno, modulo, findings } = await answered(table(row), { escalaNotas: '1-7' });
    expect(alumno.evaluacionFinal).toBe(92);
    expect(modulo?.notaModulo).toBe(87);
    expect(findings).toEqual([]);
  });

  it('progress in fractions, and 1 beside cells in %, are held back until it is answered', async () => {
    const fractions = table({ porcentajeAvance: '1', moduloPorcentajeAvance: '0,5' });
    const { held } = await reading(fractions);
    expect(held.map(({ message }) => message)).toEqual([
      '«1» puede ser 1 % o 100 %: la columna «porcentajeAvance» solo trae valores de 0 a 1.',
      '«0,5» puede ser 0,5 % o 50 %: la columna «moduloPorcentajeAvance» solo trae valores de 0 a 1.',
    ]);
    const { alumno, modulo, held: none } = await answered(fractions, { escalaAvance: '0-1' });
    expect([alumno.porcentajeAvance, modulo?.porcentajeAvance, none]).toEqual([100, 50, []]);
    const mixed = await reading(
      table({ porcentajeAvance: '60 %' }, { rutAlumno: '9876543-3', porcentajeAvance: '1' }),
    );
    expect(mixed.ruts).toEqual(['12345678-5', null]);
  });

  it('minutes for seconds are held back until it is answered', async () => {
    const minutes = table({
      tiempoConectividad: '210',
      porcentajeAvance: '100',
      moduloTiempoConectividad: '150',
      moduloPorcentajeAvance: '100',
    });
    const { held } = await reading(minutes);
    expect(held[0]?.message).toContain('«210»');
    const { alumno, modulo } = await answered(minutes, { unidadTiempo: 'minutos' });
    expect([alumno.tiempoConectividad, modulo?.tiempoConectividad]).toEqual([12_600, 9000]);
    expect((await answered(minutes, { unidadTiempo: 'segundos' })).alumno.tiempoConectividad).toBe(210);
  });

  it('an estado that is none is left out with value, row and column', async () => {
    const { alumnos, modulos, told } = await reading(
      table({ estado: 'Finalizado', moduloEstado: 'APROBADO(A)' }),
    );
    expect(alumnos[0]).not.toHaveProperty('estado');
    expect(modulos[0]?.estado).toBe(2);
    expect(told).toEqual([expect.stringContaining('«Finalizado» (fila 2, columna estado)')]);
  });
});

describe('codes are text as shown', () => {
  it.each([
    ['between =" and "', '"=""MOD-1"""', '«="MOD-1"» es MOD-1'],
    ['with what nobody sees', 'MOD-1\u200b', '«MOD-1⟨U+200B⟩» es MOD-1'],
    ['with a dash', 'MOD–1', '«MOD–1» es MOD-1'],
    ['in small letters beside the same in capitals', 'mod-1', '«mod-1» se leyó como «MOD-1»'],
  ])('%s', async (_, codigoModulo, message) => {
    const { modulos, told, held } = await reading(table({ codigoModulo }, { rutAlumno: '9876543-3' }));
    expect(modulos.map((modulo) => modulo.codigoModulo)).toEqual(['MOD-1', 'MOD-1']);
    expect(held).toEqual([]);
    expect(told).toEqual([expect.stringContaining(message)]);
  });

  it('a course whose code differs by what nobody sees is one course', async () => {
    const { codigoOferta, ruts } = await reading(
      table({ codigoOferta: 'OF-1\u200b', codigoGrupo: 'gr-1' }, { rutAlumno: '\u200e9876543-3' }),
    );
    expect([codigoOferta, ruts]).toEqual(['OF-1', ['12345678-5', '9876543-3']]);
  });

  it('a module that Excel made a power of ten is held back', async () => {
    const { held } = await reading(table({ codigoModulo: '2,02601E+14' }));
    expect(held[0]).toMatchObject({
      scope: 'modulo',
      message: expect.stringContaining('notación científica'),
    });
  });
});

it('a clean table is read without a word', async () => {
  const { told, held } = await reading(
    table(
      { estado: '1', evaluacionFinal: '', notaModulo: '85', moduloEstado: 'Aprobado', nombre: 'Ñ' },
      {
        rutAlumno: '9876543-3',
        estado: 'Cursando',
        notaModulo: '0',
        tiempoConectividad: '0',
        porcentajeAvance: '0',
        moduloTiempoConectividad: '0',
      },
    ),
  );
  expect([told, held]).toEqual([[], []]);
});
