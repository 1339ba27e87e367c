import { expect, test } from 'vitest';
import { openEmptyLedger } from '../ledger/ledger.ts';
import type { Stop } from '../send/provider.ts';
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

function asking(minutes: number): Stop {
  return { motivo: 'sin-conexion', mensaje: 'Espere.', queHacer: '', retryAfterSeconds: minutes * 60 };
}
