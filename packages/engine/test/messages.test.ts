import { join } from 'node:path';
import { GestorClient } from '@puente-sic/client';
import { SourceError } from '@puente-sic/sources';
import {
  course,
  modulo,
  OFERTA,
  OTEC,
  openWorld,
  rutOf,
  sourceOf,
  student,
  type World,
} from '@puente-sic/testing';
import { strToU8 } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Alerta,
  alertCenter,
  backup,
  EngineFailure,
  envioDetail,
  erasePerson,
  exportPerson,
  nightRunner,
  openLedger,
  type Provider,
  readSecret,
  reconcile,
  restore,
  type SendRequest,
  type ServeEvent,
  saveSecret,
  send,
  settle,
  syncFromHistory,
  testConnection,
  verifyEvidence,
} from '../src/index.ts';
import { takeLease } from '../src/lease.ts';
import { saveAceptados } from '../src/ledger/aceptados.ts';

/**
 * Every message of the engine that a person reads, each made by the function that makes it in earnest, in one file
 * that a person can read through: what happened, why, what to do. A change of a text is seen there.
 */
const MESSAGES: Record<string, () => Promise<string[]>> = {
  'aviso: token no aceptado, y resuelto': () =>
    alertsOf(async (night) => {
      await night('2026-11-20', { clientFor: () => clientOf(world.gestor.url, OTHER_TOKEN) });
      await night('2026-11-21');
    }),
  'aviso: sin conexión': () =>
    alertsOf((night) => night('2026-11-20', { clientFor: () => clientOf(NOBODY) })),
  'aviso: reloj, y resuelto': () =>
    alertsOf(async (night) => {
      await night('2026-11-20', { clock: () => new Date(world.time.now.getTime() + 5 * 60_000) });
      await night('2026-11-21');
    }),
  'aviso: la fuente no se puede leer': () =>
    alertsOf((night) => night('2026-11-20', {}, { sources: [{ ...aula(), read: fails }] })),
  'aviso: la fuente se vuelve a leer': () =>
    alertsOf(async (night) => {
      await night('2026-11-20', {}, { sources: [{ ...aula(), read: fails }] });
      await night('2026-11-21');
    }),
  'aviso: noche perdida, apagado': () =>
    alertsOf(async (night) => {
      await night('2026-11-20');
      await night('2026-11-22');
    }),
  'aviso: noche perdida, y por qué': () =>
    alertsOf(async (night) => {
      await night('2026-11-20', { clientFor: () => clientOf(NOBODY) });
      await night('2026-11-21');
    }),
  'resumen: bien, y con datos por corregir': () =>
    alertsOf(async (night) => {
      await night('2026-11-20', {}, {}, true);
      world.courses = [course([student(0, 20), student(9, 10)])];
      await night('2026-11-21', {}, {}, true);
    }),
  'resumen: incompleta': () =>
    alertsOf((night) => night('2026-11-20', { clientFor: () => clientOf(NOBODY) }, {}, true)),

  'retenido: un dato que SENCE rechazaría': async () => {
    world.courses = [course([student(0, 10, { listaModulos: [modulo('PRUEBA-M1', 101)] })])];
    return tellSend();
  },
  'retenido: el avance bajó (omitir)': async () => {
    await send(world.request());
    world.courses = [course([student(0, 5)])];
    return tellSend();
  },
  'avisado: el avance bajó (mantener)': async () => {
    await send(world.request());
    world.courses = [course([student(0, 5)])];
    const cursos = [{ fuente: 'aula', otec: OTEC.rut, curso: OFERTA, descenso: 'mantener' as const }];
    return tellSend({ cursos });
  },
  'rechazado por SENCE': async () => {
    world.courses = [course([student(9, 10)])];
    return tellSend();
  },
  'incierto: se cortó': async () => {
    world.faults = ['cut-after'];
    return tellSend();
  },
  'incierto: se preguntó y no está': async () => {
    world.faults = ['cut-during'];
    await send(world.request());
    return tellSend();
  },
  'incierto: en la pantalla': async () => {
    world.faults = ['cut-during'];
    const { envios } = await send(world.request());
    return [(await envioDetail(world.ledger, envios[0]?.codigoEnvio ?? ''))?.espera?.mensaje ?? ''];
  },
  'no enviado: token': () => tellSend({ clientFor: () => clientOf(world.gestor.url, OTHER_TOKEN) }),
  'no enviado: sin conexión': () => tellSend({ clientFor: () => clientOf(NOBODY) }),
  'no enviado: otro proceso envía': async () => {
    const lease = takeLease(world.ledger, OTEC.rut);
    const told = await tellSend();
    lease?.release();
    return told;
  },
  'falla: no hay tal curso': () => tellSend({ filters: { curso: 'NO-EXISTE' } }),
  'falla: no hay tal alumno': () => tellSend({ filters: { alumno: rutOf(3).text } }),
  'falla: no se sabe de qué OTEC es': () => tellSend({ otecs: [OTEC, { ...OTEC, rut: '76112593-K' }] }),
  'falla: el curso es de otra OTEC': async () => {
    world.courses = [course([student(0, 10)], { rutOtec: '76112593-K' })];
    return tellSend();
  },
  'falla: el curso viene dos veces': async () => {
    world.courses = [course([student(0, 10)]), course([student(0, 10)])];
    return tellSend();
  },

  'aclarado: llegó': async () => {
    world.faults = ['cut-after'];
    await send(world.request());
    return (await settle(world.request())).map(({ mensaje }) => mensaje);
  },
  'aclarado: aún no se sabe, y no llegó': async () => {
    world.faults = ['cut-during'];
    await send(world.request());
    const open = await settle(world.request());
    world.time.now = new Date(world.time.now.getTime() + 3_600_000);
    return [...open, ...(await settle(world.request()))].map(({ mensaje }) => mensaje);
  },
  'aclarado: no se pudo preguntar': async () => {
    world.faults = ['cut-during'];
    await send(world.request());
    return (await settle(world.request({ clientFor: () => clientOf(NOBODY) }))).map(({ mensaje }) => mensaje);
  },

  'conciliar: cada diferencia': async () => {
    world.courses = [course([student(0, 10), student(1, 10)])];
    await send(world.request());
    // Another tool's ledger: what it sent, this one does not know.
    const other = await openLedger(join(world.datos, 'otra'));
    world.courses = [course([student(2, 10)])];
    await send(world.request({ ledger: other }));
    await other.close();
    const lost = { rut: rutOf(0).text, codigoModulo: 'PRUEBA-PERDIDO', porcentajeAvance: 5 };
    const unknown = {
      ...{ tiempoConectividad: null, estado: null, huella: null, codigoEnvio: null, idProceso: null },
      ...{
        noche: null,
        avanceAlumno: null,
        estadoAlumno: null,
        fechas: null,
        cuando: world.time.now.toISOString(),
      },
    };
    const key = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };
    await saveAceptados(world.ledger.db, [{ ...key, ...lost, ...unknown }]);
    world.courses = [course([student(0, 20), student(3, 10)])];
    const { diferencias } = await reconcile(world.request());
    expect(new Set(diferencias.map(({ tipo }) => tipo)).size).toBe(5);
    return [
      ...new Set(
        diferencias.map(({ tipo, explicacion, queHacer }) => told(`(${tipo}) ${explicacion}`, queHacer)),
      ),
    ].sort();
  },
  'conciliar y sincronizar: token no aceptado': async () => {
    const bad = world.request({ clientFor: () => clientOf(world.gestor.url, OTHER_TOKEN) });
    const { sinHistorial } = await reconcile(bad);
    const synced = await syncFromHistory(bad);
    return [...sinHistorial, ...synced.flatMap(({ falla }) => falla ?? [])].map(saidIn);
  },

  'probar: bien, token no aceptado, sin conexión': async () => {
    const { clock } = world.request();
    const clients = [clientOf(world.gestor.url), clientOf(world.gestor.url, OTHER_TOKEN), clientOf(NOBODY)];
    const tests = await Promise.all(
      clients.map((client) => testConnection(OTEC, { clock, clientFor: () => client })),
    );
    return tests.map(saidIn);
  },

  'evidencia: no es un ZIP': () => failureOf(async () => verifyEvidence(strToU8('rubbish'))),
  'respaldar: nada, y el archivo ya existe': async () => [
    ...(await failureOf(async () =>
      backup(join(world.datos, 'nada'), join(world.datos, 'x'), world.time.now),
    )),
    ...(await failureOf(async () => backup(world.datos, join(world.datos, 'puente.sqlite'), world.time.now))),
  ],
  'restaurar: no es un respaldo, y se está enviando': async () => {
    const broken = await failureOf(() =>
      restore(world.datos, join(world.datos, 'no.respaldo'), world.time.now),
    );
    await send(world.request());
    const file = join(world.datos, 'bueno.respaldo');
    await backup(world.datos, file, world.time.now);
    const lease = takeLease(world.ledger, OTEC.rut);
    const busy = await failureOf(() => restore(world.datos, file, world.time.now));
    lease?.release();
    return [...broken, ...busy];
  },
  'secretos: clave corta, no hay, otra clave': async () => {
    const { ledger, time } = world;
    const key = 'a'.repeat(40);
    await saveSecret(ledger, 'token', 'x', key, time.now);
    return [
      ...(await failureOf(() => readSecret(ledger, 'token', 'corta'))),
      ...(await failureOf(() => readSecret(ledger, 'otro', key))),
      ...(await failureOf(() => readSecret(ledger, 'token', 'b'.repeat(40)))),
    ];
  },
  'persona: no es un RUT, y hay un envío incierto': async () => {
    const wrong = await failureOf(() => exportPerson(world.ledger, 'once'));
    world.faults = ['cut-after'];
    await send(world.request());
    return [...wrong, ...(await failureOf(() => erasePerson(world.ledger, rutOf(0).text, world.time.now)))];
  },
};

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.begun();
  world.courses = [course([student(0, 10)])];
});
afterEach(() => world.close());

const said = new Map<string, string[]>();
test.each(Object.entries(MESSAGES))('%s', async (name, produce) => {
  const messages = (await produce()).map(steady);
  expect(messages.length).toBeGreaterThan(0);
  for (const message of messages) {
    expect(message).toMatch(/^[^a-z].*[.»:)]$/su);
    expect(message).not.toMatch(/undefined|null|NaN|\[object/);
    expect(message).not.toContain(OTEC.token);
  }
  said.set(name, messages);
});

test('the messages as a whole', async () => {
  const text = [...said].map(([name, messages]) => `## ${name}\n\n${messages.join('\n\n')}\n`).join('\n');
  await expect(text).toMatchFileSnapshot('./__snapshots__/mensajes.md');
});

/** What differs from run to run is no part of the message. */
function steady(text: string): string {
  return text.replaceAll(world.datos, 'CARPETA').replaceAll(/127\.0\.0\.1:\d+/g, 'SERVIDOR');
}

function told(mensaje: string, queHacer: string): string {
  return queHacer === '' ? mensaje : `${mensaje}\nQué hacer: ${queHacer}`;
}

function saidIn({ mensaje, queHacer }: { mensaje: string; queHacer: string }): string {
  return told(mensaje, queHacer);
}

/** Everything that a send tells beside its counts. */
async function tellSend(more: Partial<SendRequest> = {}): Promise<string[]> {
  const { envios, noEnviados, hallazgos, fallas } = await send(world.request(more));
  const errors = envios.flatMap(({ errores }) =>
    errores.map(({ mensaje, explicacion, queHacer }) =>
      told(mensaje === explicacion ? mensaje : `${mensaje}\n${explicacion}`, queHacer),
    ),
  );
  const rest = [...envios.flatMap(({ avisos }) => avisos), ...noEnviados, ...hallazgos, ...fallas];
  return [...new Set([...errors, ...rest.map(saidIn)])];
}

/** The alerts that some nights bring about; each night from its beginning to the morning's summary, if asked for. */
async function alertsOf(
  nights: (
    night: (
      noche: string,
      context?: Partial<SendRequest>,
      provider?: Partial<Provider>,
      withSummary?: boolean,
    ) => Promise<void>,
  ) => Promise<void>,
): Promise<string[]> {
  await nights(async (noche, context = {}, provider = {}, withSummary = false) => {
    const { ledger, version, clock, clientFor, sources } = world.request(context);
    const alerts = alertCenter({
      ...{ ledger, clock },
      avisar: [
        {
          ...{ rutOtec: OTEC.rut, otec: 'Capacitaciones de Prueba' },
          canales: [{ tipo: 'webhook', url: `http://${NOWHERE}/` }],
          ...(!withSummary && { resumenA: null }),
        },
      ],
    });
    const onEvent = (event: ServeEvent) => alerts.take(event);
    const runner = nightRunner(
      { otec: OTEC, sources, ...provider },
      { ledger, version, clock, clientFor, onEvent },
    );
    const morning = new Date(`${noche}T22:00:00-03:00`).getTime() + 10 * 3_600_000;
    for (const time of [`${noche}T22:00:00-03:00`, ...(withSummary ? [new Date(morning)] : [])]) {
      world.time.now = new Date(time);
      await runner.tick();
      await alerts.tick();
    }
  });
  const rows = await world.ledger.db.selectFrom('aviso').select('contenido').orderBy('id').execute();
  return rows.map(({ contenido }): Alerta => JSON.parse(contenido)).map(({ text }) => text);
}

async function failureOf(work: () => Promise<unknown>): Promise<string[]> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    return [told(error.message, error.fix)];
  }
  throw new Error('It was to fail');
}

async function fails(): Promise<never> {
  throw new SourceError('down', 'Moodle no responde.', 'Revise que Moodle esté funcionando.');
}

function aula() {
  return sourceOf(() => world.courses);
}

function clientOf(baseUrl: string, token = OTEC.token): GestorClient {
  const credenciales = { rutOtec: OTEC.rut, token };
  return new GestorClient({ baseUrl, credenciales, clock: () => world.time.now, sleep: async () => {} });
}

const OTHER_TOKEN = '00000000-1111-4222-8333-444444444444';
/** A port that nobody listens on. */
const NOWHERE = '127.0.0.1:1';
const NOBODY = `http://${NOWHERE}/gestor/API`;
