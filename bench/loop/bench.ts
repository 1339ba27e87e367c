import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { createFirstUsuario, isPassword, listUsuarios } from '@puente-sic/app';
import { compareCourse, type EvidenceRequest, evidence, evidenceBeside, reconcile } from '@puente-sic/engine';
import { receive, takeDelivery, withInbox } from '@puente-sic/sources';
import { codigoOf } from '../../e2e/big-course.ts';
import { type Bench, printTable, thousands } from '../bench.ts';
import { OTEC, openWorld, type World } from './world.ts';

const STUDENTS = 3000;
const NIGHTS = 10;
const LOGINS = 16;

export const loopBench: Bench = {
  name: 'loop',
  about: `how long what a person asks of the panel holds the loop that sends: a course of ${thousands(STUDENTS)} students × 3 modules, ${NIGHTS} nights`,
  async run() {
    const world = await openWorld(STUDENTS, NIGHTS);
    try {
      const asked = askedOf(world);
      const codigo = codigoOf(STUDENTS);
      const key = { rutOtec: OTEC.rut, codigoOferta: codigo, codigoGrupo: codigo };
      const clave = 'una frase que sólo yo sé';
      await createFirstUsuario(world.ledger, 'consola', { usuario: 'Medida', clave }, world.request.at);
      const [usuario] = await listUsuarios(world.ledger);
      const logins = () =>
        Promise.all(Array.from({ length: LOGINS }, () => isPassword(clave, usuario?.clave ?? null)));
      const delivery = deliveryOf(world.ledger.datos ?? '', world.request.at);
      printTable([
        ['', 'took, ms', 'loop held at most, ms', '99 %'],
        await held('evidence ZIP, by the panel', async () => toEnd((await evidenceBeside(asked)).zip)),
        await held('the same on the loop itself', async () => toEnd((await evidence(asked)).zip)),
        await held('a course beside what SENCE has', async () => compareCourse(world.request, key)),
        await held('source, ledger and history', async () =>
          reconcile({ ...world.request, clock: () => world.request.at }),
        ),
        await held(`${LOGINS} passwords at once`, logins),
        await held('a delivery of 16 MB, by the panel', () => takeDelivery(delivery)),
        await held('the same on the loop itself', () => withInbox(delivery, (own) => receive(own, delivery))),
      ]);
    } finally {
      await world.close();
    }
  },
};

function askedOf({ ledger, request }: World): EvidenceRequest {
  const dates = { desde: '2026-10-01', hasta: '2026-11-30' };
  return { ledger, rutOtec: OTEC.rut, curso: codigoOf(STUDENTS), ...dates, clock: () => request.at };
}

/** As large as a delivery may be. */
function deliveryOf(stateDir: string, now: Date) {
  const rows = Array.from({ length: 56_000 }, (_, at) => ({
    ...{ alumno: `cuenta-${at}`, rut: '11111111-1', nombre: `Persona inventada número ${at}` },
    ...{ grupo: 'GRUPO-INVENTADO', inicio: '2026-10-05', fin: '2026-12-18' },
    ...{ relleno: 'x'.repeat(110) },
  }));
  const modulos = [{ modulo: 'm0', codigoModulo: 'PRES028008000558' }];
  const bytes = Buffer.from(JSON.stringify({ alumnos: rows, modulos }));
  return { name: 'aula', stateDir, de: 'curso' as const, curso: '7', bytes, lines: false, terms: { now } };
}

async function toEnd(zip: AsyncGenerator<Uint8Array, unknown>): Promise<void> {
  for await (const _ of zip);
}

async function held(name: string, work: () => Promise<unknown>): Promise<string[]> {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  await wait(200);
  loop.enable();
  // It looks from its own next turn on.
  await wait(20);
  const start = performance.now();
  await work();
  const took = performance.now() - start;
  await wait(50);
  loop.disable();
  return [name, ...[took, loop.max / 1e6, loop.percentile(99) / 1e6].map((ms) => thousands(ms))];
}
