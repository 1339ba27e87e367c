import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, readOne } from './reading.ts';

const HEADER = [...FLAT_HEADER, 'nombre', 'Observaciones'];
const ANA = { ...flatRow(), nombre: 'Ana Soto' };
const LUIS = { ...flatRow({ rutAlumno: '11111111-1' }), nombre: 'Luis Rojas' };

async function read(luis: Record<string, string>, header = HEADER) {
  const { students, told } = await readOne(csv([ANA, { ...LUIS, ...luis }], header));
  const [ana, other] = students;
  expect(ana?.held).toEqual([]);
  return { held: other?.held.map(({ message }) => message) ?? [], told };
}

describe('a row that says in words that its person has left', () => {
  it.each([
    'RETIRADO',
    'Alumno retirado el 05/10',
    'Baja',
    'baja voluntaria',
    'dada de baja por la empresa',
    'Desertó',
    'Renunció',
    'RETIRO',
    'ya no trabaja en la empresa',
    'cambiado de curso',
    'Se cambió de sección',
    'Trasladada a otro grupo',
  ])('is sent and told with the words: %s', async (Observaciones) => {
    const { held, told } = await read({ Observaciones });
    expect(held).toEqual([]);
    expect(told).toEqual([
      expect.stringContaining(`se envía igual: Luis Rojas («${Observaciones}» en «Observaciones», fila 3)`),
    ]);
  });

  it('beside the name, and in a column of its own', async () => {
    expect((await read({ nombre: 'Rojas Baja, Luis (RETIRADO)' })).told).toEqual([
      expect.stringContaining('dice que se retiró'),
    ]);
    const { told } = await read({ Retirado: 'Sí' }, [...HEADER, 'Retirado']);
    expect(told).toEqual([expect.stringContaining('Luis Rojas («Sí» en «Retirado», fila 3)')]);
  });

  it.each([
    { Observaciones: 'Conexión baja' },
    { Observaciones: 'Nota baja, repite la prueba' },
    { Observaciones: 'No retirado' },
    { Observaciones: 'sin baja' },
    { Observaciones: 'No cambiado de curso' },
    { Observaciones: 'Cambió de correo' },
    { Observaciones: 'Certificado duplicado entregado' },
    { nombre: 'Luis Baja Retirado' },
  ])('is silent where they say something else: %j', async (row) => {
    expect(await read(row)).toEqual({ held: [], told: [] });
  });

  it('is silent where its own column says no', async () => {
    expect(await read({ Retirado: 'No' }, [...HEADER, 'Retirado'])).toEqual({ held: [], told: [] });
  });
});

describe('a row that says that it is not to be reported', () => {
  it.each([
    'No informar',
    'NO ENVIAR A SENCE',
    'no se debe informar',
    'no corresponde informar',
    'Excluir',
    'eliminar',
    'DUPLICADO',
    'duplicado con fila 2',
    'Registro repetido',
  ])('is held: %s', async (Observaciones) => {
    const { held } = await read({ Observaciones });
    expect(held).toEqual([
      `La fila de «Luis Rojas» dice «${Observaciones}» en «Observaciones», y no se sabe si debe enviarse.`,
    ]);
  });

  it('in a column of its own', async () => {
    const header = [...HEADER, 'Informar a SENCE'];
    expect((await read({ 'Informar a SENCE': 'No' }, header)).held).toHaveLength(1);
    expect(await read({ 'Informar a SENCE': 'Sí' }, header)).toEqual({ held: [], told: [] });
  });

  it.each([
    'Se informa en noviembre',
    'No informó su correo',
    'No informa su correo',
    'Borrar su foto',
    'Pendiente de enviar foto',
  ])('is silent where it says something else: %s', async (Observaciones) =>
    expect(await read({ Observaciones })).toEqual({ held: [], told: [] }),
  );
});
