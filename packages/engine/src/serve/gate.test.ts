import { GestorClient } from '@puente-sic/client';
import { expect, test } from 'vitest';
import { openEmptyLedger } from '../ledger/ledger.ts';
import type { Stop } from '../send/stop.ts';
import { nightOf, VENTANA_OFICIAL } from '../window.ts';
import { gateOf } from './gate.ts';

test('of two calls under way that are told to wait the longer pause counts', async () => {
  const ledger = await openEmptyLedger();
  try {
    const night = nightOf('2026-11-20', VENTANA_OFICIAL);
    const at = (minutes: number) => new Date(night.start.getTime() + minutes * 60_000);
    const gate = gateOf({ rut: '76543210-3', token: 'x' }, { ledger, clock: () => at(0) });
    await gate.close(asking(11), night, 'call');
    await gate.close(asking(1), night, 'call');
    expect(await gate.look(night, at(10))).toBe('shut');
    expect(await gate.look(night, at(11))).toBe('due');
  } finally {
    await ledger.close();
  }
});

test('a test that passed before the process died is made again at once, not never', async () => {
  const ledger = await openEmptyLedger();
  try {
    const night = nightOf('2026-11-20', VENTANA_OFICIAL);
    const clock = () => night.start;
    const otec = { rut: '76543210-3', token: 'x' };
    const former = nightOf('2026-11-19', VENTANA_OFICIAL);
    const refused: Stop = { motivo: 'no-autenticado', mensaje: 'Token invalido', queHacer: '' };
    for (let tries = 0; tries < 12; tries++)
      await gateOf(otec, { ledger, clock }).close(refused, former, 'call');
    const client = new GestorClient({
      ...{ baseUrl: 'http://127.0.0.1:1/API', credenciales: { rutOtec: otec.rut, token: otec.token } },
      transport: async () => ({
        ...{ kind: 'reply', status: 200, headers: {}, body: Buffer.from('[]'), durationMs: 1 },
      }),
    });
    expect(
      await gateOf(otec, { ledger, clock }).test(client, night, new AbortController().signal),
    ).toBeNull();
    expect(await gateOf(otec, { ledger, clock }).look(night, night.start)).toBe('due');
  } finally {
    await ledger.close();
  }
});

test('two services with different tokens, both refused, count together: neither begins anew at every turn', async () => {
  const ledger = await openEmptyLedger();
  try {
    const night = nightOf('2026-11-20', VENTANA_OFICIAL);
    let now = night.start;
    const gates = ['old', 'new'].map((token) =>
      gateOf({ rut: '76543210-3', token }, { ledger, clock: () => now }),
    );
    const refused: Stop = { motivo: 'no-autenticado', mensaje: 'Token invalido', queHacer: '' };
    let requests = 0;
    while (now < night.end) {
      for (const gate of gates) {
        const state = await gate.look(night, now);
        if (state !== 'open' && state !== 'due') continue;
        requests += 1;
        await gate.close(refused, night, 'call');
      }
      now = new Date(now.getTime() + 60_000);
    }
    // A token that is new is tried at once, and what was counted before it is forgiven.
    expect(requests).toBeLessThanOrEqual(13);
  } finally {
    await ledger.close();
  }
});

function asking(minutes: number): Stop {
  return { motivo: 'sin-conexion', mensaje: 'Espere.', queHacer: '', retryAfterSeconds: minutes * 60 };
}
