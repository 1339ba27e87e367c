import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GestorClient } from '@puente-sic/client';
import { currentNight, nightRunner, openLedger, VENTANA_OFICIAL } from '@puente-sic/engine';
import { FIRST_NIGHT, OTEC, outageFile, sourceAt } from './world.ts';

/** The real engine in simulated time, as a process that may be killed anywhere. argv: folder, Gestor's URL, nights. */
const [folder = '', baseUrl = '', nights = '0'] = process.argv.slice(2);
const MINUTE = 60_000;
const clockFile = join(folder, 'reloj');
let now = existsSync(clockFile)
  ? new Date(readFileSync(clockFile, 'utf8'))
  : new Date(FIRST_NIGHT + 20 * 3_600_000);
const end = FIRST_NIGHT + (Number(nights) + 1) * 86_400_000 + 12 * 3_600_000;
const clock = () => now;

const ledger = await openLedger(join(folder, 'estado'));
const client = new GestorClient({
  baseUrl,
  credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
  timeoutMs: 5_000,
  // Pauses are most of a night's real time; a tenth of them still outlasts the Gestor's restart.
  sleep: (ms) => wait(ms / 10),
});
const runner = nightRunner(
  { otec: OTEC, sources: [sourceAt(() => currentNight(now, VENTANA_OFICIAL).noche)] },
  { ledger, version: 2, clock, clientFor: () => client },
);

while (now.getTime() < end) {
  await runner.tick();
  // An engine that fails at once would let a whole night pass while a process starts.
  while (existsSync(outageFile(folder))) await wait(10);
  const night = currentNight(now, VENTANA_OFICIAL);
  const open = await ledger.db
    .selectFrom('noche')
    .select('noche')
    .where('estado', '=', 'pendiente')
    .execute();
  const uncertain = await ledger.db
    .selectFrom('envio')
    .select('noche')
    .where('estado', '=', 'incierto')
    .execute();
  const isBusy = now < night.end ? open.length > 0 : open.length + uncertain.length > 0;
  setClock(new Date(now.getTime() + (isBusy ? 5 : 60) * MINUTE));
}
await ledger.close();

/** Whole or not at all: the process may be killed between any two instructions. */
function setClock(instant: Date): void {
  writeFileSync(`${clockFile}.nuevo`, instant.toISOString());
  renameSync(`${clockFile}.nuevo`, clockFile);
  now = instant;
}
