import { openWorld, type World } from '@puente-sic/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SentNight, sentNights } from '../src/ledger/sent-nights.ts';
import type { EstadoEnvio } from '../src/ledger/tables.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const COURSE = { rutOtec: '76111222-8', codigoOferta: 'CAP-1', codigoGrupo: 'G-1' };

const call = fc.record({
  noche: fc.constantFrom('2026-11-20', '2026-11-21'),
  codigoGrupo: fc.constantFrom('G-1', 'G-2'),
  estado: fc.constantFrom<EstadoEnvio>(
    ...(['preparado', 'enviando', 'incierto', 'aceptado', 'parcial', 'rechazado', 'no-enviado'] as const),
  ),
  aceptados: fc.nat(2),
  rechazados: fc.nat(2),
});
type Call = typeof call extends fc.Arbitrary<infer One> ? One : never;

/** The calls of a night taken together, said once for all of them. */
function nightOf(calls: readonly Call[]): SentNight['estado'] {
  const has = (...states: EstadoEnvio[]) => calls.some(({ estado }) => states.includes(estado));
  if (has('preparado', 'enviando')) return 'enviando';
  if (has('incierto')) return 'incierto';
  if (!has('aceptado', 'parcial', 'rechazado')) return 'no-enviado';
  if (!has('parcial', 'rechazado')) return 'aceptado';
  return calls.some(({ aceptados }) => aceptados > 0) ? 'parcial' : 'rechazado';
}

test('the calls of a night are taken together, in whatever order they come', async () => {
  const { db } = world.ledger;
  const drawn = fc.sample(fc.array(call, { maxLength: 12 }), { seed: 20261121, numRuns: 60 });
  for (const calls of drawn) {
    await db.deleteFrom('envio').execute();
    for (const [at, { estado, aceptados, ...one }] of calls.entries()) {
      const counted = estado === 'no-enviado' ? 0 : aceptados;
      await db
        .insertInto('envio')
        .values({
          ...{ ...COURSE, ...one, estado, aceptados: counted, codigoEnvio: `P-${at}` },
          ...{ version: 2, registros: 4, huella: '', creado: '2026-11-20T01:00:00.000Z' },
        })
        .execute();
    }
    const sent = calls.map((one) => (one.estado === 'no-enviado' ? { ...one, aceptados: 0 } : one));
    const groups = [...new Set(sent.map(({ codigoGrupo }) => codigoGrupo))].sort();
    const expected = groups.map((codigoGrupo) => {
      const ofGroup = sent.filter((one) => one.codigoGrupo === codigoGrupo);
      const noches = [...new Set(ofGroup.map(({ noche }) => noche))].sort().map((noche) => {
        const own = ofGroup.filter((one) => one.noche === noche);
        const sum = (of: 'aceptados' | 'rechazados') => own.reduce((total, one) => total + one[of], 0);
        return { noche, estado: nightOf(own), aceptados: sum('aceptados'), rechazados: sum('rechazados') };
      });
      return { ...COURSE, codigoGrupo, noches };
    });
    expect(await sentNights(db, { rutOtec: COURSE.rutOtec }, '2026-11-20')).toEqual(expected);
  }
});
