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
});
