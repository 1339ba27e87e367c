import { expect, test } from 'vitest';
import { fraseDe, isNuevo } from '../web/src/screens/frases.ts';

type Proveedor = Parameters<typeof fraseDe>[0];

const cuenta = {
  ...{ alumnos: 3, rechazados: 0, sinEnviar: 0, retenidos: 0, noSeSabe: 0, conocidos: 0 },
  ...{ loTiene: 3, sinConfirmar: 0, pendientes: 0 },
};
/** A provider whose night of the 20th went out whole. */
const sent = {
  ...{ rutOtec: '76111222-8', nombre: 'OTEC', cuenta, problemas: [], nochesPerdidas: [], dichos: [] },
  ventana: { abierta: false, desde: '22:00', comienza: '', termina: '' },
  noche: { noche: '2026-11-20', cursos: [{ estado: 'hecho' }] },
  cursos: [{ ultima: { noche: '2026-11-20' } }],
} as unknown as Proveedor;
const MORNING = '2026-11-21T09:00:00-03:00';

test('the morning after: all arrived, and SIC should show it today', () => {
  const { frase, bajo } = fraseDe(sent, MORNING);
  expect(frase).toBe('SENCE tiene a los 3 alumnos.');
  expect(bajo.join(' ')).toBe(
    'Anoche llegó el curso. No hay nada que corregir. SENCE lo pasa a SIC de madrugada; debería verse hoy.',
  );
});

test('days later nothing is said of today', () => {
  const { bajo } = fraseDe(sent, '2026-11-24T09:00:00-03:00');
  expect(bajo.join(' ')).not.toContain('hoy');
});

test('who is pending comes first, and nothing is called all right', () => {
  const pending = { ...sent, cuenta: { ...cuenta, rechazados: 1, loTiene: 2, pendientes: 1 } };
  const { frase, bajo } = fraseDe(pending, MORNING);
  expect(frase).toBe('Anoche llegó el curso. Hay 1 alumno con algo pendiente en SENCE.');
  expect(bajo.join(' ')).not.toContain('No hay nada que corregir');
});

test('of one that never sent nothing is said but that', () => {
  const fresh = { ...sent, noche: { noche: '2026-11-20', cursos: [] }, cursos: [] } as unknown as Proveedor;
  expect(isNuevo(fresh)).toBe(true);
  expect(isNuevo(sent)).toBe(false);
  expect(fraseDe(fresh, MORNING).frase).toBe('Esta noche sale su primer envío.');
});
