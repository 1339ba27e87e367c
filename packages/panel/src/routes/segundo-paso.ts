import { offerSecondStep, secondStepSince, turnOffSecondStep, turnOnSecondStep } from '@puente-sic/app';
import { actorOf, wrongCode } from '../access/access.ts';
import type { Who } from '../access/who.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';

/** One's own second step. The password is asked again: an open session alone changes nothing of how its owner comes in. */
export function segundoPaso(mount: Mount, { access, clave, ledger, clock }: Context): void {
  mount('segundoPaso', async ({ who }) => ({ desde: await secondStepSince(ledger, personOf(who).id) }));

  mount('secretoDeSegundoPaso', async ({ who }) => offerSecondStep(personOf(who)));

  mount('ponerSegundoPaso', async ({ who, pide, request }) => {
    const row = await access.confirm(request, personOf(who), pide.clave);
    const asked = { secreto: pide.secreto, codigo: pide.codigo, clave: await clave() };
    if (!(await turnOnSecondStep(ledger, actorOf(request, who), row, asked, clock()))) throw wrongCode();
    return { desde: await secondStepSince(ledger, row.id) };
  });

  mount('quitarSegundoPaso', async ({ who, pide, request }) => {
    const row = await access.confirm(request, personOf(who), pide.clave);
    await turnOffSecondStep(ledger, actorOf(request, who), row, clock());
    return { desde: null };
  });
}

/** The contract lets in only who has an account. */
function personOf(who: Who): Extract<Who, { kind: 'usuario' }> {
  if (who.kind === 'usuario') return who;
  throw new Error('The route is for people alone');
}
