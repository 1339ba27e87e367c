import type { EntitySurvey } from '@puente-sic/sources';
import { expect, test } from 'vitest';
import { maskedSample } from './masked.ts';

const survey = (over: Partial<EntitySurvey>): EntitySurvey => ({
  ...{ entity: 'alumnos', place: 'aula.sql', rows: 1, extra: [], trouble: null, columns: [] },
  ...{ names: [], sample: [], ...over },
});

test('of a person’s row only the form is shown, and what tells nothing of the person whole', () => {
  const seen = survey({
    names: ['curso', 'id', 'documento', 'nombres', 'correo'],
    columns: [
      { field: 'curso', column: 'curso', example: 7, unreadable: 0 },
      { field: 'alumno', column: 'id', example: 1, unreadable: 0 },
    ],
    sample: [[7, 12, '11.111.111-1', 'Ana Ñancupil', 'ana@ejemplo.cl']],
  });
  expect(maskedSample(seen)).toEqual([['7', '12', '1•.1••.1••-1', 'A•• Ñ•••••••', 'a••@e••••••.c•']]);
});

test('an identifier that is a RUT is masked wherever it stands, a code or a moment is not', () => {
  const seen = survey({
    entity: 'avances',
    names: ['alumno', 'codigo', 'cuando', 'nada'],
    sample: [['111111111', 'PRES028008000701', '2026-03-10 10:20:00', null]],
  });
  expect(maskedSample(seen)).toEqual([['1••••••••', 'PRES028008000701', '2026-03-10 10:20:00', '']]);
});
