import type { ErasureRequest, Ledger } from '@puente-sic/engine';
import { mask } from '@puente-sic/protocol';
import { type Actor, deed } from './accounts/deed.ts';
import { findUsuario, wasGivenPassword } from './accounts/usuarios.ts';
import { Failure } from './failure.ts';
import { forgetPerson, type OfPerson, type Olvido } from './people.ts';

/** An account of the panel that does something: an API key is nobody who could consent. */
export type Persona = Actor & { quien: string };

/**
 * Asks for the erasure of a person, which another administrator confirms. Why is shown to whoever confirms; the audit
 * trail has it without a RUT.
 * @throws EngineFailure for what is no RUT, and where it is asked for already.
 */
export async function askErasure(
  ledger: Ledger,
  actor: Persona,
  { rut, motivo }: { rut: string; motivo: string },
  now: Date,
): Promise<ErasureRequest> {
  const { requestErasure } = await import('@puente-sic/engine');
  return deed(ledger, actor, now, async (inside) => {
    const pedido = await requestErasure(inside, { rut, motivo, pidio: actor.quien }, now);
    const detalle = `Pidió borrar los datos de una persona (pedido ${pedido.id}). Motivo: ${mask(motivo)}`;
    return { result: pedido, hecho: { accion: 'borrado-pedido', detalle } };
  });
}

/**
 * Erases the person, as the second one who wants it. Where nothing was there of the person (any more), the request is done
 * with all the same.
 * @throws Failure for who asked for it, an account younger than the request, a course that may not be settled where
 * `aunqueNoLiquidado` does not say that it is to be erased all the same; EngineFailure where it is held or cannot be yet.
 */
export async function confirmErasure(
  ledger: Ledger,
  actor: Persona,
  {
    pedido,
    aunqueNoLiquidado,
    fuentes,
  }: { pedido: ErasureRequest; aunqueNoLiquidado: boolean } & Pick<OfPerson, 'fuentes'>,
  clock: () => Date,
): Promise<Olvido> {
  const { id, rut, pidio } = pedido;
  const { erasureRequest, withdrawErasure } = await import('@puente-sic/engine');
  await assertSecond(ledger, actor, pedido);
  const asked = { rut, fuentes, confirmando: { id, pidio } };
  const olvido = await forgetPerson(ledger, actor, asked, clock, async (inside) => {
    if ((await erasureRequest(inside, id)) === null) throw gone();
    await assertSettled(inside, rut, aunqueNoLiquidado, clock());
  });
  if (olvido.borrado !== null) return olvido;
  return deed(ledger, actor, clock(), async (inside) => {
    await withdrawErasure(inside, id);
    const detalle = `Confirmó el pedido ${id}, de «${pidio}»: ya no había nada de esa persona.`;
    return { result: olvido, hecho: { accion: 'borrado-sin-datos', detalle } };
  });
}

/** Keeps an erasure from being confirmed, with the ground written down; without one it is let go. */
export async function holdErasureAs(
  ledger: Ledger,
  actor: Persona,
  { id }: ErasureRequest,
  motivo: string | null,
  now: Date,
): Promise<void> {
  const { holdErasure } = await import('@puente-sic/engine');
  await deed(ledger, actor, now, async (inside) => {
    await holdErasure(inside, id, motivo === null ? null : { retuvo: actor.quien, retencion: motivo }, now);
    const hecho =
      motivo === null
        ? { accion: 'borrado-soltado', detalle: `Soltó el pedido de borrado ${id}.` }
        : {
            accion: 'borrado-retenido',
            detalle: `Retuvo el pedido de borrado ${id}. Motivo: ${mask(motivo)}`,
          };
    return { result: undefined, hecho };
  });
}

/** It is asked for no more; nothing is erased. */
export async function withdrawErasureAs(
  ledger: Ledger,
  actor: Persona,
  { id }: ErasureRequest,
  now: Date,
): Promise<void> {
  const { withdrawErasure } = await import('@puente-sic/engine');
  await deed(ledger, actor, now, async (inside) => {
    await withdrawErasure(inside, id);
    const detalle = `Retiró el pedido de borrado ${id}; no se borró nada.`;
    return { result: undefined, hecho: { accion: 'borrado-retirado', detalle } };
  });
}

/** Whether this account could be the second person of a request: not the one who asked, and there before it was asked. */
export function isSecond(
  { usuario, creado }: { usuario: string; creado: string },
  { pidio, pedido }: Pick<ErasureRequest, 'pidio' | 'pedido'>,
): boolean {
  return usuario.toLowerCase() !== pidio.toLowerCase() && creado < pedido;
}

async function assertSecond(ledger: Ledger, { quien }: Persona, pedido: ErasureRequest): Promise<void> {
  const usuario = await findUsuario(ledger, quien);
  if (usuario !== null && isSecond(usuario, pedido)) {
    if (!(await wasGivenPassword(ledger, usuario.usuario, pedido.pedido))) return;
    throw new Failure(
      `Después de ese pedido, otra persona le puso una contraseña nueva a «${usuario.usuario}»: esa cuenta no puede confirmarlo.`,
      'Debe confirmarlo otra persona que administre Puente; o retire el pedido y pídalo de nuevo.',
    );
  }
  throw new Failure(
    `Un borrado lo piden y lo confirman dos personas: este lo pidió «${pedido.pidio}».`,
    'Debe confirmarlo otra persona que administre Puente, con una cuenta que ya existía cuando se pidió.',
  );
}

/** @throws Failure that names the courses. */
export async function assertSettled(
  ledger: Ledger,
  rut: string,
  aunqueNoLiquidado: boolean,
  now: Date,
): Promise<void> {
  if (aunqueNoLiquidado) return;
  const { unsettledCourses } = await import('@puente-sic/engine');
  const cursos = await unsettledCourses(ledger.db, rut, now);
  if (cursos.length === 0) return;
  const names = cursos.map(({ codigoOferta, fin }) =>
    fin === null ? codigoOferta : `${codigoOferta} (último día: ${fin.split('-').reverse().join('-')})`,
  );
  throw new Failure(
    `Puede que falte liquidar cursos de esta persona: ${names.join(', ')}. Sin lo informado, la OTEC no puede probar ante SENCE que la informó.`,
    'Si ya están liquidados, o se borra de todas formas, dígalo al confirmar (en la consola, con --aunque-no-liquidado). Si no, retenga el borrado en el panel y escriba por qué.',
  );
}

function gone(): Failure {
  return new Failure(
    'Ese pedido de borrado ya no está.',
    'Vuelva a la lista: otra persona lo confirmó o lo retiró.',
  );
}
