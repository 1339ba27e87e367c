import {
  askErasure,
  confirmErasure,
  evidenceGiven,
  findUsuario,
  giveOutPerson,
  holdErasureAs,
  isSecond,
  type Persona,
  type Running,
  withdrawErasureAs,
} from '@puente-sic/app';
import {
  type CursoDePersona,
  compareCourse,
  coursesOfPerson,
  type ErasureRequest,
  erasureRequest,
  erasureRequests,
  unsettledCourses,
} from '@puente-sic/engine';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../access/access.ts';
import type { Who } from '../access/who.ts';
import type { Borrado } from '../api.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound, Refusal } from '../http/refusal.ts';
import { planOfProvider } from './curso.ts';

/** The data of one person: given out, or erased when a second administrator wants it too. */
export function personas(mount: Mount, { ledger, clock, bus, setup }: Context): void {
  mount('exportarPersona', async ({ who, pide, request }) => {
    const asked = { ...pide, fuentes: await setup.fuentes() };
    const data = await giveOutPerson(ledger, personaOf(request, who), asked, clock());
    if (data !== null) return data;
    throw new Refusal(
      404,
      'sin-datos',
      'De ese RUT no hay nada en el registro de Puente.',
      'Revise el RUT. Lo que tienen Moodle y SENCE no está aquí.',
    );
  });

  mount('pedidosDeBorrado', async ({ who, request }) => {
    const asks = personaOf(request, who);
    const rows = await erasureRequests(ledger);
    return { pedidos: await Promise.all(rows.map((row) => seen(row, asks))) };
  });

  mount('pedirBorrado', async ({ who, pide, request }) => {
    const asks = personaOf(request, who);
    return seen(await askErasure(ledger, asks, pide, clock()), asks);
  });

  mount('confirmarBorrado', async ({ who, params, pide, running, request, signal }) => {
    const pedido = await pedidoOf(params.id);
    // Where the source has the person is known only as long as the ledger knows of the person.
    const fuentes = await placesOf(pedido.rut, running, signal);
    const cursos = fuentes.map(({ codigoOferta }) => codigoOferta);
    const asked = { pedido, ...pide, fuentes: await setup.fuentes() };
    const { queda, ...done } = await confirmErasure(ledger, personaOf(request, who), asked, clock);
    bus.tell({ tipo: 'recargar' });
    const evidencias = await evidenceGiven(ledger, cursos);
    return {
      ...done,
      queda: {
        ...queda,
        fuentes,
        evidencias: evidencias.map(({ cuando, quien, detalle }) => ({ cuando, quien, detalle })),
      },
    };
  });

  mount('retenerBorrado', async ({ who, params, pide, request }) =>
    hold(params.id, personaOf(request, who), pide.motivo),
  );

  mount('soltarBorrado', async ({ who, params, request }) => hold(params.id, personaOf(request, who), null));

  mount('retirarBorrado', async ({ who, params, request }) => {
    await withdrawErasureAs(ledger, personaOf(request, who), await pedidoOf(params.id), clock());
    return {};
  });

  async function hold(id: string, asks: Persona, motivo: string | null) {
    await holdErasureAs(ledger, asks, await pedidoOf(id), motivo, clock());
    return seen(await pedidoOf(id), asks);
  }

  async function pedidoOf(id: string): Promise<ErasureRequest> {
    const row = /^\d{1,15}$/.test(id) ? await erasureRequest(ledger, Number(id)) : null;
    if (row === null) throw notFound('Ese pedido de borrado ya no está.');
    return row;
  }

  async function seen(row: ErasureRequest, { quien }: Persona) {
    const { id, rut, motivo, pidio, pedido, retuvo, retenido, retencion } = row;
    const usuario = await findUsuario(ledger, quien);
    return {
      ...{ id, rut, motivo, pidio, pedido },
      retencion: retuvo === null ? null : { quien: retuvo, cuando: retenido ?? '', motivo: retencion ?? '' },
      porLiquidar: await unsettledCourses(ledger.db, rut, clock()),
      puedeConfirmar: usuario !== null && isSecond(usuario, row),
    };
  }

  async function placesOf(
    rut: string,
    running: Running,
    signal: AbortSignal,
  ): Promise<Borrado['queda']['fuentes']> {
    const cursos = await coursesOfPerson(ledger, rut);
    const places = [];
    for (const curso of cursos) places.push({ ...curso, lugar: await placeIn(curso, rut, running, signal) });
    return places.map((place) => ({ ...place, fuente: place.fuente ?? '' }));
  }

  /** Null: it cannot be told now; the course and its source are. */
  async function placeIn(
    curso: CursoDePersona,
    rut: string,
    running: Running,
    signal: AbortSignal,
  ): Promise<string | null> {
    const provider = running.providers.find(({ otec }) => otec.rut === curso.rutOtec);
    if (provider === undefined) return null;
    const plan = planOfProvider(provider, running, { ledger, at: clock(), signal });
    const { curso: compared } = await compareCourse(plan, curso);
    return compared?.alumnos.find((alumno) => alumno.rut === rut)?.lugar ?? null;
  }
}

/** The contract lets in only who has an account. */
function personaOf(request: FastifyRequest, who: Who): Persona {
  const { quien, direccion } = actorOf(request, who);
  if (who.kind !== 'usuario' || quien === null) throw new Error('The route is for people alone');
  return { quien, direccion };
}
