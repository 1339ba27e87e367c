import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, readOne } from './reading.ts';

describe('what nobody sees', () => {
  it('goes out of the names of activities and people, and is told where it is sent', async () => {
    const row = { ...flatRow({ actividades: 'Fo\u0000ro|Ta\u200brea' }), nombre: 'Ana\u0000 Soto' };
    const { students, told } = await readOne(csv([row], [...FLAT_HEADER, 'nombre']));
    expect(students[0]?.name).toBe('Ana Soto');
    expect(students[0]?.alumno.listaModulos?.[0]?.listaActividades).toEqual([
      { codigoActividad: 'Foro' },
      { codigoActividad: 'Tarea' },
    ]);
    expect(told).toEqual([
      expect.stringContaining('«Fo⟨U+0000⟩ro|Ta⟨U+200B⟩rea» es Foro|Tarea (fila 2, columna actividades)'),
    ]);
  });

  it('stays in an API body, and is told', async () => {
    const modulo = { codigoModulo: 'M1', listaActividades: [{ codigoActividad: 'Fo\u0000ro' }] };
    const body = {
      ...{ codigoOferta: 'OF-1', codigoGrupo: 'G1' },
      listaAlumnos: [{ rutAlumno: 12345678, dvAlumno: '5', listaModulos: [modulo] }],
    };
    const { students, told } = await readOne(JSON.stringify(body), 'envio.json');
    expect(students[0]?.alumno.listaModulos?.[0]).toEqual(modulo);
    expect(told).toEqual([expect.stringContaining('«Fo⟨U+0000⟩ro»')]);
  });

  it.each(['Evaluaci&oacute;n', 'Evaluaci=C3=B3n', 'Evaluaci\uFFFDn', 'Evaluaci?n'])(
    'letters that a program wrote otherwise are told: %s',
    async (actividades) => {
      const { told } = await readOne(
        csv([flatRow({ actividades: 'x' })])
          .replaceAll(';', '\t')
          .replace(/x$/, actividades),
      );
      expect(told).toEqual([expect.stringContaining('letras que se perdieron o cambiaron')]);
    },
  );
});
