import { createHash } from 'node:crypto';
import type { Ledger, PostAddress } from '@puente-sic/engine';
import type { Inbox } from '@puente-sic/sources';
import type { Settings } from '../config/settings.ts';
import { type FuentePush, isCourseOf, pushesOf } from '../push-courses.ts';
import { type Resultado, resultadosOf } from '../resultado.ts';

export interface ResultsGround {
  settings: Settings;
  ledger: Ledger;
  /** The state folder. */
  datos: string;
  clock: () => Date;
  /** A platform's address did not take it; it is tried again with the next look. */
  onUndelivered: (canal: string) => void;
}

/**
 * Calls the address of each platform whose courses have met another fate at SENCE than it was told last: what was told
 * stands in its inbox, so that nothing is lost by a restart, nor by an address that was down. A course that no night has
 * read yet has no fate. How many calls were taken.
 */
export async function tellResults(ground: ResultsGround): Promise<number> {
  const { withInbox } = await import('@puente-sic/sources');
  let taken = 0;
  for (const fuente of pushesOf(ground.settings)) {
    const { nombre: name, webhook } = fuente;
    if (webhook === undefined) continue;
    taken += await withInbox({ name, stateDir: ground.datos }, (inbox) =>
      tellAll(inbox, fuente, webhook, ground),
    );
  }
  return taken;
}

async function tellAll(
  inbox: Inbox,
  fuente: FuentePush,
  address: PostAddress,
  ground: ResultsGround,
): Promise<number> {
  const { settings, ledger, clock, onUndelivered } = ground;
  const { postJson } = await import('@puente-sic/engine');
  let taken = 0;
  const delivered = inbox.courseIds();
  for (const { rut: rutOtec } of settings.otecs) {
    const cursos = delivered.filter((id) => isCourseOf(rutOtec, fuente.nombre, id, settings));
    if (cursos.length === 0) continue;
    const asked = { ledger, rutOtec, fuente, settings, now: clock() };
    for (const resultado of await resultadosOf(inbox, cursos, asked)) {
      const key = `${rutOtec} ${resultado.curso}`;
      const mark = markOf(resultado);
      if (mark === null || inbox.told(key) === mark) continue;
      try {
        const now = clock();
        await postJson(address, { tipo: 'resultado', cuando: now.toISOString(), ...resultado }, now);
      } catch {
        // The address is a password, and so may be what the network says of it.
        onUndelivered(`el webhook de «${fuente.nombre}»`);
        return taken;
      }
      inbox.keepTold(key, mark);
      taken++;
    }
  }
  return taken;
}

/** Of what has been met, whatever was delivered since. Null: nothing yet. */
function markOf({ noche, alumnos, delCurso }: Resultado): string | null {
  if (alumnos.every(({ codigoOferta }) => codigoOferta === null)) return null;
  return createHash('sha256').update(JSON.stringify({ noche, alumnos, delCurso })).digest('hex');
}
