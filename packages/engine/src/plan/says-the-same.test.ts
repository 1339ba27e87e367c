import type { Alumno, Draft, Modulo } from '@puente-sic/protocol';
import { expect, test } from 'vitest';
import type { Aceptado } from '../ledger/aceptados.ts';
import { saysTheSame } from './says-the-same.ts';

const LAST: Aceptado = {
  ...{ rutOtec: '76111222-8', codigoOferta: 'O', codigoGrupo: 'G', rut: '15000000-0', codigoModulo: 'M' },
  ...{ porcentajeAvance: 33.33333, tiempoConectividad: 60, estado: 1, huella: null, cuando: '2026-11-22' },
  ...{ codigoEnvio: null, idProceso: 7, noche: '2026-11-22', avanceAlumno: 50, estadoAlumno: 2 },
  fechas: '2026-11-01|2026-12-31|2026-11-02 00:00:00|2026-12-30 23:59:59',
};
const ALUMNO: Draft<Alumno> = {
  ...{ porcentajeAvance: 50, estado: 2, fechaInicio: '2026-11-01', fechaFin: '2026-12-31 23:59:59' },
};
const MODULO: Draft<Modulo> = {
  ...{
    porcentajeAvance: 33.333333,
    tiempoConectividad: 60,
    fechaInicio: '2026-11-02',
    fechaFin: '2026-12-30',
  },
};

function compare(last: Partial<Aceptado>, alumno: Draft<Alumno> = {}, modulo: Draft<Modulo> = {}): boolean {
  const registro = { position: [0, 0] as const, codigoModulo: 'M', place: undefined, warnings: [] };
  return saysTheSame(
    { ...LAST, ...last },
    { alumno: { ...ALUMNO, ...alumno } },
    { ...registro, huella: 'h', modulo: { ...MODULO, ...modulo } },
  );
}

test('what is known from the history is compared by all that it tells', () => {
  expect(compare({})).toBe(true);
  const changed: [Draft<Alumno>, Draft<Modulo>][] = [
    [{ porcentajeAvance: 51 }, {}],
    [{ estado: 1 }, {}],
    [{ fechaInicio: '2026-11-03' }, {}],
    [{ fechaFin: '2027-01-01' }, {}],
    [{}, { porcentajeAvance: 33.34 }],
    [{}, { tiempoConectividad: 61 }],
    [{}, { estado: 2 }],
    [{}, { fechaInicio: '2026-11-03' }],
    [{}, { fechaFin: '2026-12-31' }],
  ];
  for (const [alumno, modulo] of changed) expect(compare({}, alumno, modulo)).toBe(false);
});

test('what the history leaves out, or tells so that it cannot be read, says nothing', () => {
  const unknown = { tiempoConectividad: null, estado: null, avanceAlumno: null, estadoAlumno: null };
  expect(compare({ ...unknown, fechas: null })).toBe(true);
  expect(compare({ ...unknown, fechas: '||0000-00-00|2026-12-30' })).toBe(true);
  expect(compare({ ...unknown, fechas: '||0000-00-00|2026-12-29' })).toBe(false);
});

test('what was sent from here is compared by its hash alone', () => {
  expect(compare({ huella: 'h', porcentajeAvance: 1 })).toBe(true);
  expect(compare({ huella: 'other' })).toBe(false);
});
