import type { Modulo } from '@puente-sic/protocol';
import type { CourseTree } from '@puente-sic/sources';
import { course, MODULOS, modulo, student } from '@puente-sic/testing';
import { expect, test } from 'vitest';
import { candidatesOf } from './candidates.ts';
import { causeOf } from './fall.ts';

const [FIRST = '', SECOND = ''] = MODULOS;
const RULES = { version: 2, noche: '2026-11-22' } as const;
const before = (activities: string[], notaModulo?: number): Modulo =>
  modulo(FIRST, 60, {
    listaActividades: activities.map((codigoActividad) => ({ codigoActividad })),
    ...(notaModulo !== undefined && { notaModulo }),
  }) as Modulo;

/** What is told of the first module, 60 % before and 40 % now. */
function told(
  former: Modulo | undefined,
  now: { first: string[]; second?: string[]; nota?: number },
  more: Partial<CourseTree> = { modules: [] },
): string | undefined {
  const lists = [now.first, now.second ?? ['Foro']];
  const tree = course(
    [
      student(0, 40, {
        listaModulos: [FIRST, SECOND].map((code, at) =>
          modulo(code, 40, {
            listaActividades: (lists[at] ?? []).map((codigoActividad) => ({ codigoActividad })),
            ...(now.nota !== undefined && { notaModulo: now.nota }),
          }),
        ),
      }),
    ],
    more,
  );
  const [alumno] = candidatesOf(tree, RULES);
  const [registro] = alumno?.modulos ?? [];
  if (alumno === undefined || registro === undefined) throw new Error('no record');
  return causeOf(registro, { alumno, former, tree })?.happened;
}

test.each<[string, Parameters<typeof told>, RegExp | undefined]>([
  ['activities added', [before(['A']), { first: ['A', 'B', 'C'] }], /agregaron al módulo «B» y «C»\./],
  ['one added', [before(['A']), { first: ['A', 'B'] }], /se agregó al módulo «B»\./],
  ['one of two equal names added', [before(['A']), { first: ['A', 'A'] }], /se agregó al módulo «A»\./],
  [
    'moved to another module',
    [before(['A', 'B']), { first: ['A'], second: ['B'] }],
    /ahora está en PRUEBA-M2/,
  ],
  ['hidden or deleted', [before(['A', 'B']), { first: ['A'] }], /«B» ya no está en el módulo/],
  ['a grade overridden', [before(['A'], 80), { first: ['A'], nota: 30 }], /su nota bajó de 80 a 30/],
  ['a mark taken back', [before(['A'], 80), { first: ['A'], nota: 80 }], /se quitó una marca/],
  ['a file that brings the figure', [before(['A']), { first: ['A'] }, {}], /la cifra misma es menor/],
  ['no body to compare with', [undefined, { first: ['A'] }], undefined],
  ['no activities to compare', [before([]), { first: [] }], undefined],
])('%s', (_name, args, message) => {
  if (message === undefined) expect(told(...args)).toBeUndefined();
  else expect(told(...args)).toMatch(message);
});

test('what is complementary lowers nothing: the mark that was taken back is told', () => {
  const activity = { type: 'foro', required: false, synchronous: false };
  const modules = [{ codigoModulo: FIRST, title: '1', activities: [{ ...activity, name: 'B' }] }];
  expect(told(before(['A']), { first: ['A', 'B'] }, { modules })).toMatch(/se quitó una marca/);
});
