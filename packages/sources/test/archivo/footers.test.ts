import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';

const HEADER = [...FLAT_HEADER, 'nombre'];

/** A good row, and one below it. */
const below = (row: Record<string, string>) => readOne(csv([flatRow(), row], HEADER));

describe('a row below the others', () => {
  it.each([
    { codigoOferta: 'TOTAL' },
    { rutAlumno: 'Total', porcentajeAvance: '50' },
    { nombre: 'Promedio', porcentajeAvance: '50' },
    { nombre: 'PROMEDIO CURSO', porcentajeAvance: '50' },
    { nombre: 'Total general:', codigoOferta: 'OF-1', codigoGrupo: 'GR-1', fechaFin: '2026-12-18' },
    { codigoOferta: 'Total alumnos: 4' },
    { nombre: 'Promedio de avance', porcentajeAvance: '50' },
    { nombre: 'Suma Horas Extra', tiempoConectividad: '50' },
    { codigoOferta: '(2 rows affected)' },
    { codigoOferta: 'Generado por Plataforma el 30-11-2026' },
    { tiempoConectividad: '13000', porcentajeAvance: '70' },
  ])('%j is about nobody, and is told', async (row) => {
    const { students, told } = await below(row);
    expect(students).toHaveLength(1);
    expect(told).toEqual([expect.stringContaining('no se leyó (fila 3)')]);
  });

  const lost = { ...flatRow({ rutAlumno: '' }), nombre: '' };
  it.each([
    ['Suma Quispe', { ...lost, nombre: 'Suma Quispe' }],
    ['Total Pérez, Ana', { ...lost, codigoOferta: '', codigoGrupo: '', nombre: 'Total Pérez, Ana' }],
    ['Promedio Soto', { ...lost, nombre: 'Promedio Soto', codigoModulo: '', moduloFechaInicio: '' }],
    ['', { ...lost, actividades: 'Total de ventas' }],
    ['', { ...lost, codigoOferta: '', codigoGrupo: '', codigoModulo: '' }],
  ])('of somebody who lost the RUT («%s») is held, by name', async (name, row) => {
    const { courses, findings, notGiven } = await read(csv([flatRow(), row], HEADER));
    const held = courses.flatMap(({ students }) => students.flatMap((student) => student.held));
    const told = [...held, ...findings, ...notGiven.flatMap(({ issues }) => issues)];
    expect(told.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ message: expect.stringMatching(`(no trae RUT|de qué curso).*${name}`) }),
    ]);
  });

  it('of somebody without a course is told, by name, also where puente.yaml asks for the other', async () => {
    const rows = csv(
      [flatRow(), { ...flatRow({ codigoOferta: '', rutAlumno: '11111111-1' }), nombre: 'Ana Soto' }],
      HEADER,
    );
    const { findings } = await read(rows, 'avance.csv', { courses: [{ curso: 'OF-1' }] });
    expect(findings.map(({ message }) => message)).toEqual([
      'No se sabe de qué curso es una fila de avance.csv: falta codigoOferta. Se trata de Ana Soto (11111111-1).',
    ]);
  });

  it.each([
    ['codigoOferta', '«{ fuente: …, curso: avance, codigoOferta: …, codigoGrupo: … }»'],
    ['codigoGrupo', '«{ fuente: …, curso: OF-1, codigoGrupo: … }»'],
  ])(
    'without %s and without a person is known by its row, with all that puente.yaml needs',
    async (field, advice) => {
      const blank = { ...flatRow({ rutAlumno: '' }), [field]: '' };
      const { notGiven } = await read(csv([blank, blank], HEADER));
      const [issue] = notGiven.flatMap(({ issues }) => issues);
      expect(issue?.fix).toContain(advice);
      expect(issue?.fix).toContain('Si son de la persona de la fila de arriba, repita sus datos');
      expect(issue?.message).toContain(
        'alguien sin RUT ni nombre (avance.csv, fila 2) y alguien sin RUT ni nombre (avance.csv, fila 3)',
      );
    },
  );
});

describe('many rows about nobody', () => {
  it.each(['-', '\u2011'])('one that holds a RUT is always shown, written with «%s»', async (hyphen) => {
    const notes = ['Elaborado en Temuco', 'Revisado en Temuco', 'Copia para archivo'];
    const rows = [...notes, `Relator: Juan Soto, 12.345.678${hyphen}5`].map((codigoOferta) => ({
      codigoOferta,
    }));
    const { told } = await readOne(csv([flatRow(), ...rows], HEADER));
    expect(told).toEqual([expect.stringContaining('Relator: Juan Soto')]);
  });
});
