import { markErrors } from '@puente-sic/app';
import { type PruebaDeConexion, senceIsWell, testConnection } from '@puente-sic/engine';
import { actorOf } from '../access/access.ts';
import { nameOf } from '../access/who.ts';
import { type Context, providerOf } from '../context.ts';
import type { Input, Mount } from '../http/mount.ts';
import { notFound } from '../http/refusal.ts';
import { startSend } from '../send-jobs.ts';

/** What an operator may do. */
export function acciones(mount: Mount, context: Context): void {
  const { access, ledger, clock, jobs, bus } = context;

  mount('enviar', async ({ who, pide, running, request, reply }) => {
    const trabajo = startSend(context, running, nameOf(who) ?? '', pide);
    await access.note(request, who, 'envio', describe(pide));
    reply.code(202);
    return trabajo;
  });

  mount('trabajos', async () => ({ trabajos: jobs.list() }));

  mount('trabajo', async ({ params }) => {
    const trabajo = jobs.get(params.id);
    if (trabajo === undefined) throw notFound('Ese envío ya no está en la memoria; búsquelo en «Envíos».');
    return trabajo;
  });

  mount('marcarErrores', async ({ who, pide, request }) => {
    const cambiados = await markErrors(ledger, actorOf(request, who), pide, clock());
    if (cambiados > 0) bus.tell({ tipo: 'recargar' });
    return { cambiados };
  });

  mount('probarConexion', async ({ who, pide, running, request, signal }) => {
    const { otec } = providerOf(running, pide.rutOtec);
    const prueba = await testConnection(otec, { clientFor: running.clientFor, clock, signal });
    await tested(context, { who, request }, prueba);
    return prueba;
  });
}

/** After a test with the token that is in use: it is noted, and an alarm that it proves wrong ends. */
export async function tested(
  { access, bus, ledger, clock }: Context,
  { who, request }: Pick<Input<'probarConexion'>, 'who' | 'request'>,
  { rutOtec, tokenAceptado }: PruebaDeConexion,
): Promise<void> {
  if (tokenAceptado && (await senceIsWell(ledger, rutOtec, clock()))) bus.tell({ tipo: 'recargar' });
  const result = tokenAceptado ? 'aceptó el token' : 'no aceptó el token o no respondió';
  await access.note(request, who, 'prueba-de-conexion', `OTEC ${rutOtec}: SENCE ${result}.`);
}

/** Students are counted, not named. */
function describe({ curso, alumnos, soloErrores, fueraDeVentana }: Parameters<typeof startSend>[3]): string {
  const what =
    curso === undefined ? 'Todos los cursos' : `Curso ${curso.codigoOferta}, grupo ${curso.codigoGrupo}`;
  const who = alumnos && `${alumnos.length} ${alumnos.length === 1 ? 'alumno' : 'alumnos'}`;
  const parts = [what, who, soloErrores && 'solo lo que falló', fueraDeVentana && 'fuera de la ventana'];
  return `${parts.filter(Boolean).join('; ')}.`;
}
