import type { Issue } from '@puente-sic/protocol';
import type { Source } from '@puente-sic/sources';
import { expect, test } from 'vitest';
import { gather } from './gather.ts';

test('the stack of a course that broke its source goes to the log, and to nobody’s screen', async () => {
  const issue: Issue = {
    code: null,
    severity: 'error',
    scope: 'call',
    path: '',
    message: 'El curso trae algo que no se supo leer.',
    fix: 'x',
  };
  const defect = 'TypeError: no such thing\n    at judge.ts:1:1';
  const source: Source = {
    name: 'aula',
    listCourses: async () => [],
    read: async () => ({
      courses: [],
      notGiven: [
        { curso: 'X', asked: null, cause: 'unreadable', issues: [issue], defect },
        { curso: 'Y', asked: null, cause: 'down', issues: [issue] },
      ],
      findings: [],
    }),
    close: async () => undefined,
  };
  const told: unknown[] = [];
  const { noEntregados } = await gather({
    sources: [source],
    otecs: [{ rut: '77124930-2', token: '' }],
    at: new Date('2026-11-22T23:30:00-03:00'),
    onDefect: (curso, error) => told.push([curso, error instanceof Error && error.stack]),
  });
  expect(told).toEqual([['X', defect]]);
  expect(noEntregados.map(({ curso, causa }) => [curso, causa])).toEqual([
    ['X', 'unreadable'],
    ['Y', 'down'],
  ]);
  expect(JSON.stringify(noEntregados)).not.toContain('TypeError');
});
