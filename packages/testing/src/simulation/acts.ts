import { gunzipSync } from 'node:zlib';
import {
  type Conciliacion,
  erasePerson,
  reconcile,
  type SendResult,
  type Sincronizado,
  send,
  syncFromHistory,
} from '@puente-sic/engine';
import type { Kind } from './kinds.ts';
import { type Machine, ProcessDied } from './machine.ts';
import { randomOf } from './random.ts';
import type { Act } from './scenario.ts';
import { configure } from './service.ts';
import { type CourseTruth, type Person, type ProviderTruth, percentsAt } from './truth.ts';
import type { World } from './world.ts';

/** What a person did, and what came of it. */
export interface Deed {
  kind: Kind;
  rutOtec: string;
  from: number;
  to: number;
  sent?: SendResult;
  synchronised?: Sincronizado[];
  reconciled?: Conciliacion;
  /** RUT of the person that was erased. */
  erased?: string;
  /** Traces of the erased one that were left in the ledger right afterwards. */
  remains?: number;
  /** What puente ended with instead. */
  error?: unknown;
}

/** Does what an act says, as a process of its own beside the service. */
export async function perform(act: Act, world: World): Promise<Deed[]> {
  const provider = world.scenario.providers.find(({ rutOtec }) => rutOtec === act.rutOtec);
  if (provider === undefined) throw new Error(`No provider ${act.rutOtec}`);
  const { time } = world;
  world.hit(act.kind);
  const random = randomOf(world.scenario.seed, `act ${act.kind} ${act.at}`);
  if (act.kind === 'other-tool') {
    const course = random.pick(provider.courses);
    const person = random.pick(course.people);
    for (let left = Math.max(1, act.amount); left > 0; left -= 1)
      await otherTool(provider, course, person, world);
    return [];
  }
  const times = act.kind === 'send-again' ? 2 : 1;
  const deeds: Deed[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const deed: Deed = { kind: act.kind, rutOtec: act.rutOtec, from: time.now, to: time.now };
    let machine: Machine | null = null;
    try {
      machine = await world.open();
      const person = random.pick(random.pick(provider.courses).people);
      Object.assign(deed, await doneBy(act, provider, person, machine, world));
    } catch (error) {
      if (error instanceof ProcessDied) return deeds;
      deed.error = error;
    }
    deed.to = time.now;
    deeds.push(deed);
    await machine?.end();
    if (turn + 1 < times) await new Promise<void>((resolve) => time.at(time.now + act.amount, resolve));
  }
  return deeds;
}

async function doneBy(
  { kind }: Act,
  provider: ProviderTruth,
  person: Person,
  machine: Machine,
  world: World,
): Promise<Partial<Deed>> {
  const { ledger, clock } = machine;
  const { otec, sources, cursos, client } = configure(provider, machine, world, kind);
  const { version } = world.scenario;
  const common = { ledger, otecs: [otec], clientFor: () => client, clock };
  const plan = { ...common, sources, ...(cursos && { cursos }), version, at: clock() };
  switch (kind) {
    case 'synchronise':
      return { synchronised: await syncFromHistory(common) };
    case 'reconcile':
      return { reconciled: await reconcile(plan) };
    case 'erase':
      await erasePerson(ledger, person.rut, clock());
      return { erased: person.rut, remains: await tracesOf(person, machine) };
    default:
      return { sent: await send({ ...plan, repetir: kind === 'send-repetir' }) };
  }
}

/** Envíos whose body or answer still hold the person's number; other numbers may hold its digits. */
async function tracesOf({ numero }: Person, { ledger }: Machine): Promise<number> {
  const rows = await ledger.db.selectFrom('envio').select(['cuerpo', 'respuesta']).execute();
  const whole = new RegExp(`(?<!\\d)${numero}(?!\\d)`);
  const holds = (blob: Uint8Array | null) => blob !== null && whole.test(gunzipSync(blob).toString('utf8'));
  return rows.filter(({ cuerpo, respuesta }) => holds(cuerpo) || holds(respuesta)).length;
}

/** Somebody sends a higher percentage by other means. */
async function otherTool(
  provider: ProviderTruth,
  course: CourseTruth,
  person: Person,
  world: World,
): Promise<void> {
  const { rutOtec, token } = provider;
  const percents = percentsAt(person, world.time.now);
  if (percents === null || !person.known) return;
  const dates = { fechaInicio: '2026-01-05', fechaFin: '2026-12-31' };
  const body = {
    ...{
      rutOtec,
      idSistema: 1350,
      token,
      codigoOferta: course.codigoOferta,
      codigoGrupo: course.codigoGrupo,
    },
    listaAlumnos: [
      {
        ...{ rutAlumno: person.numero, dvAlumno: person.dv, estado: 1, ...dates },
        ...{ tiempoConectividad: 60, porcentajeAvance: 60 },
        listaModulos: course.modulos.map((codigoModulo, index) => ({
          ...{ codigoModulo, estado: 1, tiempoConectividad: 60, ...dates },
          porcentajeAvance: Math.min(100, Math.round((percents[index] ?? 0) + 25)),
          listaActividades: [{ codigoActividad: 'Lectura' }],
        })),
      },
    ],
  };
  const path = '/gestor/API/avance-sic/enviarAvance';
  const headers = { 'content-type': 'application/json' };
  const answer = await world.time.real(
    world.sence.call({ method: 'POST', path, headers, body: Buffer.from(JSON.stringify(body)) }),
  );
  const id = Number(/"id_proceso":(\d+)/.exec(answer.body)?.[1]);
  world.passages.push({
    ...{ rutOtec, sender: 'other-tool', method: 'POST', at: world.time.now },
    ...{ procesos: [id], waitUntil: null, waitSince: null, refusedToken: false },
  });
}
