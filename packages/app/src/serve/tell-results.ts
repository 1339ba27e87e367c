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
  /** A platform's address did not take something; it is tried again with the next look. Once a look. */
  onUndelivered: (canal: string) => void;
}

/**
 * Calls the address of each platform whose courses have met another fate at SENCE than it was told last: what was told
 * stands in its inbox, so that nothing is lost by a restart, nor by an address that was down. Where the program ends
 * between the call and the note of it, the call is made again under the same `id`. A course that no night has read yet
 * has no fate. How many calls were taken.
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
  const { postJson, WebhookRefusal } = await import('@puente-sic/engine');
  let taken = 0;
  let refused = false;
  const delivered = inbox.courseIds();
  for (const { rut: rutOtec } of settings.otecs) {
    const cursos = delivered.filter((id) => isCourseOf(rutOtec, fuente.nombre, id, settings));
    if (cursos.length === 0) continue;
    const asked = { ledger, rutOtec, fuente, settings, now: clock() };
    for (const resultado of await resultadosOf(inbox, cursos, asked)) {
      const key = `${rutOtec} ${resultado.curso}`;
      const mark = markOf(resultado);
      const last = toldOf(inbox.told(key));
      if (mark === null || last.mark === mark) continue;
      const id = createHash('sha256').update(`${key}\n${last.id}\n${mark}`).digest('hex').slice(0, 32);
      try {
        const now = clock();
        await postJson(address, { tipo: 'resultado', id, cuando: now.toISOString(), ...resultado }, now);
      } catch (error) {
        // The address is a password, and so may be what the network says of it.
        if (!refused) onUndelivered(`el webhook de «${fuente.nombre}»`);
        refused = true;
        // One course that it does not take keeps none of the others from it; an address that is down takes none.
        if (error instanceof WebhookRefusal) continue;
        return taken;
      }
      inbox.keepTold(key, `${mark} ${id}`);
      taken++;
    }
  }
  return taken;
}

/** What was told last, and under which id: the next one's follows from it, so that what comes back is another call. */
function toldOf(kept: string | null): { mark: string | null; id: string } {
  const [mark = null, id = ''] = kept?.split(' ') ?? [];
  return { mark, id };
}

/** Of what has been met, whatever was delivered since. Null: nothing yet. */
function markOf({ noche, alumnos, delCurso }: Resultado): string | null {
  if (alumnos.every(({ codigoOferta }) => codigoOferta === null)) return null;
  return createHash('sha256').update(JSON.stringify({ noche, alumnos, delCurso })).digest('hex');
}
