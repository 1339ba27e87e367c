import { expect, test } from 'vitest';
import { writeMetrics } from './metrics.ts';

test('figures as Prometheus reads them', () => {
  const text = writeMetrics(
    {
      noches: { hecha: 12, pendiente: 0, perdida: 1 },
      envios: { aceptado: 12, incierto: 2 },
      aceptados: 40,
      rechazados: 3,
      erroresAbiertos: 3,
      ultimoAceptado: new Date('2026-11-21T01:00:00Z'),
    },
    false,
    0.25,
  );
  const values = Object.fromEntries(
    text
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split(' ')),
  );
  expect(values).toEqual({
    puente_salud: '0',
    'puente_noches_total{resultado="hecha"}': '12',
    'puente_noches_total{resultado="pendiente"}': '0',
    'puente_noches_total{resultado="perdida"}': '1',
    'puente_envios{estado="aceptado"}': '12',
    'puente_envios{estado="incierto"}': '2',
    puente_envios_inciertos: '2',
    'puente_registros_total{estado="aceptado"}': '40',
    'puente_registros_total{estado="rechazado"}': '3',
    puente_errores_abiertos: '3',
    puente_ultimo_aceptado_segundos: '1795222800',
    puente_retraso_bucle_segundos: '0.25',
  });
});
