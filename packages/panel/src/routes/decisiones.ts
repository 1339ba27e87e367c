import { decideAs, settleAs, undoDecisionAs } from '@puente-sic/app';
import { type Decision, envioDetail, listDecisions, tellDecisions } from '@puente-sic/engine';
import { actorOf } from '../access/access.ts';
import { type Context, providerOf } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound } from '../http/refusal.ts';

/** What people decide; each is written down with who decided it. */
export function decisiones(mount: Mount, { ledger, clock, bus }: Context): void {
  const told = async (decision: Decision) => {
    const [one] = await tellDecisions(ledger, [decision]);
    if (one === undefined) throw new Error('a decision is told as one');
    return one;
  };

  mount('decisiones', async ({ filtro }) => {
    const { alumno, ...course } = filtro;
    const given = Object.entries(course).filter(([, value]) => value !== undefined);
    const where = { ...Object.fromEntries(given), ...(alumno !== undefined && { rut: alumno }) };
    return { decisiones: await tellDecisions(ledger, await listDecisions(ledger, where)) };
  });

  mount('decidir', async ({ who, pide, running, request }) => {
    providerOf(running, pide.rutOtec);
    const { valor, motivo, ...about } = pide;
    const asked = {
      ...about,
      ...(valor !== undefined && { valor }),
      ...(motivo !== undefined && { motivo }),
    };
    const decision = await decideAs(ledger, actorOf(request, who), asked, clock());
    bus.tell({ tipo: 'recargar' });
    return told(decision);
  });

  mount('deshacerDecision', async ({ who, params, request }) => {
    const id = Number(params.id);
    const decision = Number.isSafeInteger(id)
      ? await undoDecisionAs(ledger, actorOf(request, who), { id }, clock())
      : null;
    if (decision === null) throw notFound('Esa decisión ya no vale, o nunca existió.');
    bus.tell({ tipo: 'recargar' });
    return told(decision);
  });

  mount('aclararEnvio', async ({ who, params, pide, request }) => {
    const { codigoEnvio } = params;
    if ((await envioDetail(ledger, codigoEnvio)) === null)
      throw notFound('No hay ningún envío con ese código.');
    await settleAs(ledger, actorOf(request, who), { codigoEnvio, ...pide }, clock());
    bus.tell({ tipo: 'recargar' });
    return {};
  });
}
