import { describe, expect, it } from 'vitest';
import { read } from './reading.ts';

describe('a key of an API body in other letters', () => {
  const student = {
    ...{ rutAlumno: 12345678, dvAlumno: '5', tiempoConectividad: 7200, porcentajeAvance: 50 },
    listaModulos: [{ codigoModulo: 'M1', porcentajeAvance: 40, listaActividades: [] }],
  };
  const body = { codigoOferta: 'OF-1', codigoGrupo: 'GR-1', listaAlumnos: [student] };
  const other = (key: string, written: string): string =>
    JSON.stringify(body).replace(`"${key}"`, `"${written}"`);

  it.each(['ListaAlumnos', 'LISTAALUMNOS', 'lista_alumnos'])(
    '%s: nothing is read, and who is in it is named',
    async (written) => {
      for (const text of [other('listaAlumnos', written), `{"data":${other('listaAlumnos', written)}}`]) {
        const { courses, findings } = await read(text, 'envio.json');
        expect(courses).toEqual([]);
        expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
          ['error', expect.stringMatching(`«${written}».*12345678-5`)],
        ]);
      }
    },
  );

  it('beside the right one loses nobody: the file is not read', async () => {
    const two = { ...body, ListaAlumnos: [{ rutAlumno: 11111111, dvAlumno: '1' }] };
    await expect(read(JSON.stringify(two), 'envio.json')).rejects.toThrow(/12345678-5 y 11111111-1/);
  });

  it.each(['porcentajeAvance', 'listaModulos', 'rutAlumno'])(
    'in a student (%s) holds the student',
    async (key) => {
      const written = key.toUpperCase();
      const { courses } = await read(other(key, written), 'envio.json');
      const held = courses.flatMap(({ students }) => students.flatMap((each) => each.held));
      expect(held.map(({ message }) => message)).toContainEqual(expect.stringContaining(`«${written}»`));
    },
  );

  it.each(['codigoModulo', 'listaActividades'])('in a module (%s) holds the module', async (key) => {
    const { courses } = await read(other(key, key.toUpperCase()), 'envio.json');
    const held = courses.flatMap(({ students }) => students.flatMap(({ heldModules = [] }) => heldModules));
    expect(held).toEqual([expect.objectContaining({ fix: expect.stringContaining(key) })]);
  });

  it('of the course is told', async () => {
    const { findings } = await read(other('codigoOferta', 'CodigoOferta'), 'envio.json');
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('«CodigoOferta» por «codigoOferta»'),
    ]);
  });

  it('that only begins alike is another key, and nobody is held for it', async () => {
    const { courses } = await read(other('porcentajeAvance', 'porcentajeAvanceAnterior'), 'envio.json');
    expect(courses.flatMap(({ students }) => students.flatMap(({ held }) => held))).toEqual([]);
  });

  it.each(['alumnos', 'estudiantes', 'participantes'])(
    'quite another (%s): nothing is read, and who is in it is named',
    async (written) => {
      const alone = other('listaAlumnos', written);
      for (const text of [alone, `[${alone}]`, `{"cursos":[${alone}]}`]) {
        const { courses, findings } = await read(text, 'envio.json');
        expect(courses).toEqual([]);
        expect(findings.map(({ message }) => message)).toEqual([
          expect.stringMatching(`«${written}».*solo lee «listaAlumnos».*12345678-5`),
        ]);
      }
    },
  );

  it.each([
    ['es un objeto', { 1: student }],
    ['es un texto', JSON.stringify([student])],
  ])('with students in what %s: what it is, and who', async (what, listaAlumnos) => {
    const { findings } = await read(JSON.stringify({ ...body, listaAlumnos }), 'envio.json');
    expect(findings.map(({ message }) => message)).toEqual([expect.stringMatching(`${what}.*12345678-5`)]);
  });

  it('none at all: what was sought, and what there is', async () => {
    const { findings } = await read('{"codigoOferta":"OF-1","codigoGrupo":"GR-1","total":0}', 'envio.json');
    expect(findings[0]?.message).toContain(
      '«listaAlumnos» falta, y sus claves son «codigoOferta», «codigoGrupo» y «total»',
    );
  });

  it.each([
    ['listaModulos', 'modulos'],
    ['listaActividades', 'actividades'],
  ])('of a list inside a student (%s as %s) holds it', async (key, written) => {
    const text = other(key, written).replace(
      '"actividades":[]',
      '"actividades":[{"codigoActividad":"Foro"}]',
    );
    const { courses } = await read(text, 'envio.json');
    const held = courses.flatMap(({ students }) =>
      students.flatMap((each) => [...each.held, ...(each.heldModules ?? [])]),
    );
    expect(held.map(({ message }) => message)).toEqual([
      expect.stringContaining(`no lee «${written}», sino «${key}»`),
    ]);
  });
});
