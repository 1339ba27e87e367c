import { expect, it } from 'vitest';
import { aCourse, aModule, aSection, aSnapshot, aStudent } from '../../test/moodle/snapshot.ts';
import { suggestMapping } from './suggest.ts';

it('suggests what the rules find, and says where', () => {
  const [course] = suggestMapping([
    aSnapshot({
      course: aCourse({ shortname: 'CAP-26-01-13-0446', fullname: 'Atención' }),
      sections: [
        aSection(0, null),
        aSection(1, 'Uno / MO-00051737-M1'),
        aSection(2, 'Dos'),
        aSection(3, 'Apoyo'),
        aSection(4, 'Vacía'),
        aSection(5, 'Oculta / MO-00051737-M5', { visible: false }),
        aSection(6, 'Dentro / MO-00051737-M6', { component: 'mod_subsection', itemId: 13 }),
      ],
      modules: [
        aModule(9, 0),
        aModule(10, 1),
        aModule(11, 2, { type: 'label', name: 'Módulo MO-00051737-M2' }),
        aModule(12, 3),
        aModule(13, 3, { type: 'subsection' }),
      ],
      participants: [aStudent(31, '31015234-K')],
      groups: [
        { id: 7, name: 'CAP-26-01-13-0446-1', idnumber: '', members: new Set([31]) },
        { id: 8, name: 'WhatsApp', idnumber: '', members: new Set([31]) },
      ],
    }),
  ]);
  expect(course).toMatchObject({ curso: 'CAP-26-01-13-0446', id: 2, title: 'Atención', likely: true });
  expect(course?.codigoOferta).toEqual({ code: 'CAP-26-01-13-0446', from: 'nombre corto del curso' });
  expect(course?.grupos).toEqual([
    {
      code: 'CAP-26-01-13-0446-1',
      grupo: 'CAP-26-01-13-0446-1',
      from: 'grupo «CAP-26-01-13-0446-1»',
      students: 1,
    },
    { code: null, grupo: 'WhatsApp', from: 'no se reconoce como sección SENCE', students: 1 },
  ]);
  expect(course?.modulos.map(({ section, code, from }) => [section.id, code, from])).toEqual([
    [1, 'MO-00051737-M1', 'nombre de la sección «Uno / MO-00051737-M1»'],
    [2, 'MO-00051737-M2', 'nombre de una actividad de la sección'],
    [3, null, 'no se ve ningún código de módulo'],
  ]);
});

it('looks for the course’s code in other places too, and says when there is none', () => {
  const codeOf = (given: Parameters<typeof aCourse>[0]) =>
    suggestMapping([aSnapshot({ course: aCourse(given) })])[0]?.codigoOferta;
  expect(codeOf({ shortname: 'Ventas', idnumber: 'cap-26-01-13-0446' })).toEqual({
    code: 'CAP-26-01-13-0446',
    from: 'número de ID del curso',
  });
  expect(codeOf({ shortname: 'Ventas', fullname: 'Ventas (CAP-26-01-13-0446)' })?.from).toBe(
    'nombre completo del curso',
  );
  expect(codeOf({ shortname: 'Ventas' })?.code).toBeNull();
});
