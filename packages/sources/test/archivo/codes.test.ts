import { describe, expect, it } from 'vitest';
import type { CourseSelection } from '../../src/index.ts';
import { csv, flatRow, read, readOne } from './reading.ts';

const second = { rutAlumno: '11.111.111-1' };
const asked = (...courses: CourseSelection[]) => ['avance.csv', { courses }] as const;

describe('codes that are almost one another', () => {
  it.each([
    ['codigoModulo', 'PRES028008000001', 'PRES28008000001'],
    ['codigoModulo', 'PRES028008000001', 'PRES0280080O0001'],
    ['codigoModulo', 'PRES028008000001', 'PRESO28008000001'],
    ['codigoModulo', 'PRES028008000001', 'PRES02800800000l'],
    ['codigoModulo', 'PRES028008000001', 'PRES02800800000I'],
    ['codigoModulo', 'PRES028008000001', 'PRES-028008000001'],
    ['codigoModulo', 'PRES028008000001', 'PRES_028008000001'],
    ['codigoModulo', 'PRES028008000001', 'PRES02800800001'],
    ['codigoModulo', 'PRES028008000001', 'PRES0280080000001'],
    ['codigoModulo', 'PRES028008000001', 'PRES028008000001-'],
    ['codigoModulo', 'PRES028008000001', 'PRES028008000001.'],
    ['codigoModulo', 'PRES028008000001', 'PRE5028008000001'],
    ['codigoOferta', 'CAP-26-01-13-0446-1', 'CAP-26-O1-13-0446-1'],
    ['codigoOferta', 'CAP-26-01-13-0446-1', 'CAP2601130446-1'],
    ['codigoGrupo', '0446', 'O446'],
    ['codigoGrupo', '0446', '446'],
    ['codigoModulo', '446', 'O446'],
    ['codigoOferta', 'CAP-26-01-13-0446-1', 'CAP/26/01/13/0446/1'],
    ['codigoGrupo', 'SECCIÓN-1', 'SECCION-1'],
  ] as const)(
    '%s %s: the row of %s is held in that course, and both are named',
    async (field, right, other) => {
      const { students } = await readOne(
        csv([
          flatRow({ [field]: right }),
          flatRow({ [field]: right, rutAlumno: '9876543-3' }),
          flatRow({ [field]: other, ...second }),
        ]),
      );
      expect(students.map(({ heldModules = [] }) => heldModules.length)).toEqual([0, 0, 1]);
      expect(students[2]?.heldModules?.[0]).toMatchObject({
        message: expect.stringContaining(`El código «${other}» es casi «${right}»`),
        place: 'avance.csv, fila 4',
        rut: '11111111-1',
      });
    },
  );

  it.each([
    ['codigoModulo', 'PRES028008000001', 'PRES028008000002'],
    ['codigoModulo', 'PRES028008000010', 'PRES028008000100'],
    ['codigoModulo', 'PRES028008001000', 'PRES028008010000'],
    ['codigoModulo', 'M1000', 'M10000'],
    ['codigoModulo', '1-11', '11-1'],
    ['codigoModulo', '1-1', '11'],
    ['codigoModulo', 'L1', '11'],
    ['codigoModulo', '1', '10'],
    ['codigoGrupo', '0446-1', '0446-2'],
    ['codigoGrupo', '0446-1', '0446-11'],
    ['codigoOferta', 'INFO101', 'INF101'],
    ['codigoModulo', 'O1', '1'],
  ] as const)('%s %s and %s are two', async (field, one, other) => {
    const { courses } = await read(csv([flatRow({ [field]: one }), flatRow({ [field]: other, ...second })]));
    const held = courses.flatMap(({ students }) => students.flatMap(({ heldModules = [] }) => heldModules));
    expect(held).toEqual([]);
  });

  it('can both be written down, as the advice says', async () => {
    const rows = csv([flatRow({ codigoModulo: '01' }), flatRow({ codigoModulo: '1', ...second })]);
    const { students } = await readOne(rows);
    expect(students[1]?.heldModules?.[0]?.fix).toContain('«modulos: { "01": "01", "1": "1" }»');
  });

  it('are two where puente.yaml names both, or where they are of two courses', async () => {
    const rows = csv([flatRow({ codigoModulo: 'M1' }), flatRow({ codigoModulo: 'M01', ...second })]);
    const { students } = await readOne(rows, ...asked({ curso: 'OF-1', modulos: { M1: 'M1', M01: 'M01' } }));
    expect(students.map(({ heldModules }) => heldModules)).toEqual([undefined, undefined]);
    const { courses } = await read(
      csv([
        flatRow({ codigoModulo: 'M1' }),
        flatRow({ codigoModulo: 'M01', codigoOferta: 'OF-9', ...second }),
      ]),
    );
    expect(
      courses.flatMap((course) => course.students.flatMap(({ heldModules = [] }) => heldModules)),
    ).toEqual([]);
  });
});

describe('codes that differ only in capitals', () => {
  const file = csv([flatRow({ codigoOferta: 'CAP-1', codigoModulo: 'PRES1' })]);

  it("go as the file has them where puente.yaml asks in small letters, under puente.yaml's name", async () => {
    const { told, ...course } = await readOne(
      file,
      ...asked({ curso: 'cap-1', modulos: { pres1: 'pres2' } }),
    );
    expect(course).toMatchObject({ id: 'cap-1', name: 'CAP-1', codigoOferta: 'CAP-1' });
    expect(course.students[0]?.alumno.listaModulos?.[0]?.codigoModulo).toBe('pres2');
    expect(told).toEqual([
      'En puente.yaml, el curso «cap-1» tiene códigos que solo difieren en mayúsculas de los de los archivos: «cap-1» se leyó como «CAP-1» y «pres1» se leyó como «PRES1».',
      expect.stringContaining(
        'minúsculas, y SIC los escribe en mayúsculas: «pres2» (puente.yaml, curso cap-1)',
      ),
    ]);
  });

  it('go in capitals where puente.yaml would send small ones', async () => {
    const { told, codigoOferta, codigoGrupo } = await readOne(
      file,
      ...asked({ curso: 'CAP-1', codigoOferta: 'cap-1', codigoGrupo: 'gr-1' }),
    );
    expect([codigoOferta, codigoGrupo]).toEqual(['CAP-1', 'GR-1']);
    expect(told).toEqual([
      expect.stringContaining('«cap-1» se leyó como «CAP-1» y «gr-1» se leyó como «GR-1»'),
    ]);
  });

  it('go as puente.yaml has them where only puente.yaml has capitals', async () => {
    const { told, codigoOferta } = await readOne(
      csv([flatRow({ codigoOferta: 'cap-1' })]),
      ...asked({ curso: 'CAP-1' }),
    );
    expect(codigoOferta).toBe('CAP-1');
    expect(told).toEqual([expect.stringContaining('El código «cap-1» se leyó como «CAP-1»')]);
  });

  it('say nothing where nothing differs', async () => {
    const { told } = await readOne(file, ...asked({ curso: 'CAP-1', codigoGrupo: 'GR-1' }));
    expect(told).toEqual([]);
  });
});

describe('codes that hardly stand so at SIC', () => {
  it.each([
    ['pres1', 'minúsculas'],
    ['Sección 1', 'espacios'],
    ['PRES1O2', 'una letra entre números'],
  ])('%s goes as it is, and is told', async (codigoModulo, what) => {
    const { told, students } = await readOne(csv([flatRow({ codigoModulo })]));
    expect(students[0]?.alumno.listaModulos?.[0]?.codigoModulo).toBe(codigoModulo);
    expect(told).toEqual([expect.stringMatching(`${what}.*«${codigoModulo}» \\(avance.csv, fila 2\\)`)]);
  });

  it('in an API body too, whose values are never touched', async () => {
    const body = {
      ...{ codigoOferta: 'OF-1', codigoGrupo: 'GR\u00a01' },
      listaAlumnos: [
        { rutAlumno: 12345678, dvAlumno: '5', listaModulos: [{ codigoModulo: 'PR\u0415S1\u200b' }] },
      ],
    };
    const { told, codigoGrupo } = await readOne(JSON.stringify(body), 'envio.json');
    expect(codigoGrupo).toBe('GR\u00a01');
    expect(told).toEqual([
      expect.stringContaining('códigos con espacios'),
      expect.stringContaining('«PR⟨U+0415⟩S1⟨U+200B⟩»'),
    ]);
  });
});

it.each(['PRES1,PRES2', 'PRES1&nbsp;', 'PRES1;', 'PRES1*', 'PRES1?'])(
  '%s is sent as it stands, and told',
  async (codigoModulo) => {
    const quoted = { ...flatRow(), codigoModulo: `"${codigoModulo}"` };
    const { told } = await readOne(csv([quoted]));
    expect(told).toEqual([expect.stringContaining(`signos que los de SIC no llevan: «${codigoModulo}»`)]);
  },
);

it.each([
  ['INTRODUCCIÓN/PRES1', 'comas, barras, tildes'],
  ['Introducción', 'sin ningún número'],
  ['Todos', 'sin ningún número'],
])('%s is the name of a module rather than its code: told once', async (codigoModulo, kind) => {
  const { told, students } = await readOne(csv([flatRow({ codigoModulo })]));
  expect(students[0]?.alumno.listaModulos).toEqual([expect.objectContaining({ codigoModulo })]);
  expect(told).toEqual([expect.stringMatching(`códigos (con )?${kind}.*«${codigoModulo}»`)]);
});

describe('a code among other words', () => {
  it.each([
    ['codigoOferta', 'Código: CAP-26-01-13-0446-1', 'CAP-26-01-13-0446-1'],
    ['codigoOferta', 'Cód. curso CAP-26-01-13-0446-1', 'CAP-26-01-13-0446-1'],
    ['codigoOferta', '12/10/26 10:15 - Ana: CAP-26-01-13-0446-1', 'CAP-26-01-13-0446-1'],
    ['codigoOferta', '[5/10/26, 9:05:10 p. m.] Marta Soto: CAP-26-01-13-0446-1', 'CAP-26-01-13-0446-1'],
    ['codigoOferta', '2026-10-05 10:15 - Ana: OF-1', 'OF-1'],
    ['codigoGrupo', 'Sección: CAP-26-01-13-0446-1', 'CAP-26-01-13-0446-1'],
    ['codigoGrupo', 'Sección CAP-26-01-13-0446-1', 'CAP-26-01-13-0446-1'],
    ['codigoModulo', 'Código del módulo: MOD-1', 'MOD-1'],
    ['codigoModulo', 'Módulo 1: PRES028008000001', 'PRES028008000001'],
    ['codigoModulo', 'INTRODUCCIÓN/PRES028008000001', 'PRES028008000001'],
    ['codigoModulo', 'Ventas / Avanzado / PRES028008000001', 'PRES028008000001'],
  ])('%s «%s» is %s, and told', async (column, written, code) => {
    const { told, ...course } = await readOne(csv([flatRow({ [column]: written })]));
    const { codigoOferta, codigoGrupo, students } = course;
    const sent = {
      codigoOferta,
      codigoGrupo,
      codigoModulo: students[0]?.alumno.listaModulos?.[0]?.codigoModulo,
    };
    expect(sent).toMatchObject({ [column]: code });
    expect(told).toEqual([
      expect.stringContaining(`entre otras palabras y se leyó sin ellas: «${written}» es ${code} `),
    ]);
  });

  it.each([
    ['codigoOferta', 'CAP-26-01-13-0446 CAP-26-01-13-0447'],
    ['codigoOferta', 'CAP-26-01-13-0446 (Ventas)'],
    ['codigoOferta', 'Sección: CAP-26-01-13-0446-1'],
    ['codigoOferta', 'Orden de compra: OC-12-13-14-15'],
    ['codigoModulo', 'PRES028008000001, PRES028008000002'],
    ['codigoModulo', 'PRES028008000001 / PRES028008000002'],
  ])('%s «%s» may be two things and is held back', async (column, written) => {
    const { courses } = await read(csv([flatRow({ [column]: written })]));
    const said = courses.flatMap(({ students }) =>
      students.flatMap(({ held, heldModules = [] }) => [...held, ...heldModules]),
    );
    expect(said).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(`«${written}» de la columna «${column}» trae más que un código`),
      }),
    ]);
  });

  it.each(['CAP-26-01-13-0446_2', 'C46982-O565656565-M1', 'CAP-26-01-13-0446-A-1'])(
    '%s is a code of its own: not a word',
    async (codigoModulo) => {
      expect((await readOne(csv([flatRow({ codigoModulo })]))).told).toEqual([]);
    },
  );
});
