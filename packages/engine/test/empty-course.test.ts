import { course } from '@puente-sic/testing';
import { expect, test } from 'vitest';
import { withoutEmpty } from '../src/plan/empty.ts';

test('a course without students is told with what its source says of it', () => {
  const tree = {
    ...course([]),
    findings: [
      {
        ...{ code: null, path: '', severity: 'warning' as const, scope: 'call' as const },
        message: 'No se informa a «Ana Soto», con otro rol.',
        fix: 'Agregue el rol a `rolesAlumno`.',
      },
    ],
  };
  const otec = { rut: '77124930-2', token: '' };
  const { courses, sinAlumnos } = withoutEmpty([{ tree, otec, config: null, fuente: 'aula', curso: 'C' }]);
  expect(courses).toEqual([]);
  expect(sinAlumnos[0]?.hallazgos.map(({ gravedad, mensaje }) => [gravedad, mensaje])).toEqual([
    ['error', expect.stringContaining('no tiene ningún alumno en «aula»')],
    ['aviso', 'No se informa a «Ana Soto», con otro rol.'],
  ]);
});
