import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, publishDay, type Store } from '../src/index.ts';
import { runIfDue } from '../src/night/schedule.ts';
import {
  alumno,
  CURSO,
  envio,
  MODULOS,
  modulo,
  OTHER_OTEC,
  OTHER_TOKEN,
  RUT_OTEC,
  registry,
  TOKEN,
} from './data.ts';
import { send } from './http.ts';
import { onEachStore } from './stores.ts';

const DAY = '2026-11-22';
const adminKey = 'clave-inventada-de-pruebas';
const at = (time: string) => new Date(time);

onEachStore('the night job', (home) => {
  let salida: string;
  beforeAll(async () => {
    salida = await mkdtemp(join(tmpdir(), 'puente-salida-'));
  });
  afterAll(() => rm(salida, { recursive: true }));

  /** A service whose clock can be moved, and its store seen from the side. */
  async function open() {
    const datos = await home.datos();
    const clock = { now: at('2026-11-22T22:30:00-03:00') };
    const folder = await mkdtemp(join(salida, 'noche-'));
    const options = { datos, salida: folder, adminKey, clock: () => clock.now, registro: registry() };
    const gestor = await home.start(options);
    const store = await openStore(datos);
    opened.push(store);
    const publish = (dia: string) => publishDay(dia, { store, clock: () => clock.now, salida: folder });
    return { gestor, store, clock, folder, publish };
  }
  const opened: Store[] = [];
  afterAll(() => Promise.all(opened.map((store) => store.close())));

  test('takes a day into SIC the day after, once, the last accepted values of each module', async () => {
    const { gestor, clock, folder, publish } = await open();
    const at50 = alumno(1, { listaModulos: MODULOS.map((codigo) => modulo(codigo)) });
    await send(gestor, envio([at50, alumno(2)], { codigoEnvio: 'primera, "con" comillas' }));
    await send(
      gestor,
      envio([
        alumno(1, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance: 80, tiempoConectividad: 5 })] }),
      ]),
    );
    await send(gestor, envio([alumno(1, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance: 10 })] })]));
    await expect(publish(DAY)).rejects.toThrow(/aún no termina/);

    clock.now = at('2026-11-23T01:00:00-03:00');
    await send(gestor, envio([alumno(2, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance: 99 })] })]));
    expect(await publish(DAY)).toEqual({ resultado: 'publicada', dia: DAY, procesos: 3 });
    expect(await publish(DAY)).toEqual({ resultado: 'ya estaba', dia: DAY, procesos: 0 });

    const { cursos } = await seen(gestor.url, '/sic/cursos');
    expect(cursos).toEqual([
      {
        codigoOferta: CURSO,
        codigoGrupo: CURSO,
        nombre: 'Curso inventado',
        rutOtec: 77124930,
        alumnos: 2,
        noche: DAY,
      },
    ]);
    const { alumnos } = await seen(gestor.url, `/sic/curso?codigoOferta=${CURSO}&codigoGrupo=${CURSO}`);
    expect(alumnos.map(summary)).toEqual([
      [9000001, 'Alumna 1', 20, [MODULOS[0], 80, 5, 2, DAY], [MODULOS[1], 50, 600, 1, DAY]],
      [9000002, 'Alumna 2', 20, [MODULOS[0], 50, 600, 1, DAY]],
    ]);

    expect(await readdir(folder)).toEqual([DAY]);
    expect(await readdir(join(folder, DAY))).toEqual(['77124930.csv', '77124930.ndjson']);
    const csv = await readFile(join(folder, DAY, '77124930.csv'), 'utf8');
    expect(csv.trim().split('\r\n')).toHaveLength(1 + 4);
    expect(csv).toContain('"primera, ""con"" comillas"');
    const lines = (await readFile(join(folder, DAY, '77124930.ndjson'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).mod_porcentaje_avance)).toEqual([
      '50.00000',
      '50.00000',
      '50.00000',
      '80.00000',
    ]);
  });

  test('shows a provider its own alone', async () => {
    const { gestor, clock, publish } = await open();
    await send(gestor, envio([alumno(1)]));
    clock.now = at('2026-11-23T01:00:00-03:00');
    await publish(DAY);
    const as = (user: string, password: string) => ({
      authorization: `Basic ${btoa(`${user}:${password}`)}`,
    });
    const curso = `/sic/curso?codigoOferta=${CURSO}&codigoGrupo=${CURSO}`;
    expect((await seen(gestor.url, '/sic/cursos', as(RUT_OTEC, TOKEN))).cursos).toHaveLength(1);
    expect((await seen(gestor.url, '/sic/cursos', as(OTHER_OTEC, OTHER_TOKEN))).cursos).toEqual([]);
    expect((await ask(gestor.url, curso, as(RUT_OTEC, TOKEN))).status).toBe(200);
    expect((await ask(gestor.url, curso, as(OTHER_OTEC, OTHER_TOKEN))).status).toBe(404);
    expect((await ask(gestor.url, curso, as(RUT_OTEC, OTHER_TOKEN))).status).toBe(401);
    expect((await ask(gestor.url, curso, {})).status).toBe(401);
  });

  test('leaves what comes late to the next night, and never covers newer data with older', async () => {
    const { gestor, store, clock, publish } = await open();
    await send(gestor, envio([alumno(1)]));
    clock.now = at('2026-11-23T22:30:00-03:00');
    await publish(DAY);
    await send(gestor, envio([alumno(1, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance: 70 })] })]));
    clock.now = at('2026-11-24T01:00:00-03:00');
    expect(await publish('2026-11-23')).toMatchObject({ procesos: 1 });

    // A process of the first day that was committed after its night: numbered before what SIC shows by now.
    await store.db.updateTable('proceso').set({ noche: null }).where('id', '=', 1).execute();
    expect(await publish(DAY)).toMatchObject({ resultado: 'ya estaba' });
    clock.now = at('2026-11-25T01:00:00-03:00');
    expect(await publish('2026-11-24')).toMatchObject({ procesos: 1 });
    const { alumnos } = await seen(gestor.url, `/sic/curso?codigoOferta=${CURSO}&codigoGrupo=${CURSO}`);
    expect(alumnos[0].modulos[0]).toMatchObject({ porcentajeAvance: 70, dia: '2026-11-23' });
  });

  test('of several at once, one does it', async () => {
    const { gestor, clock, publish } = await open();
    for (let send_ = 0; send_ < 30; send_++) await send(gestor, envio([1, 2, 3, 4].map((n) => alumno(n))));
    clock.now = at('2026-11-23T01:00:00-03:00');
    const overHttp = () =>
      fetch(new URL('/admin/noches', gestor.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${adminKey}` },
        body: JSON.stringify({ dia: DAY }),
      }).then((response) => response.json());
    const reports = await Promise.all([publish(DAY), overHttp(), publish(DAY), overHttp(), publish(DAY)]);
    expect(reports.reduce((sum, { procesos }) => sum + procesos, 0)).toBe(30);
  });

  test('runs by itself from its hour on, once a day, also on the days when clocks change', async () => {
    const { gestor, store, clock, folder } = await open();
    const schedule = {
      store,
      clock: () => clock.now,
      hora: 1,
      salida: folder,
      logger: pino({ enabled: false }),
    };
    const nights = async (time: string) => {
      clock.now = at(time);
      await runIfDue(schedule);
      const rows = await store.db.selectFrom('noche').select('dia').orderBy('dia').execute();
      return rows.map(({ dia }) => dia);
    };
    // 5 April 2026: Saturday's last hour comes twice. 6 September 2026: Sunday has no first hour.
    clock.now = at('2026-04-04T22:00:00-03:00');
    await send(gestor, envio([alumno(1)]));
    expect(await nights('2026-04-04T23:30:00-03:00')).toEqual(['2026-04-03']);
    expect(await nights('2026-04-04T23:30:00-04:00')).toEqual(['2026-04-03']);
    expect(await nights('2026-04-05T00:59:00-04:00')).toEqual(['2026-04-03']);
    expect(await nights('2026-04-05T01:00:00-04:00')).toEqual(['2026-04-03', '2026-04-04']);
    expect(await nights('2026-09-05T23:59:59-04:00')).toEqual(['2026-04-03', '2026-04-04', '2026-09-04']);
    expect(await nights('2026-09-06T01:00:00-03:00')).toEqual([
      '2026-04-03',
      '2026-04-04',
      '2026-09-04',
      '2026-09-05',
    ]);
    expect(await nights('2026-09-06T23:00:00-03:00')).toHaveLength(4);
  });
});

function ask(url: string, path: string, headers: Record<string, string>): Promise<Response> {
  return fetch(new URL(path, url), { headers });
}

async function seen(url: string, path: string, headers = { authorization: `Bearer ${adminKey}` }) {
  const response = await ask(url, path, headers);
  expect(response.status).toBe(200);
  return response.json();
}

interface SicAlumno {
  rutAlumno: number;
  nombre: string;
  porcentajeAvance: number;
  modulos: {
    codigoModulo: string;
    porcentajeAvance: number;
    tiempoConectividad: number;
    idProceso: number;
    dia: string;
  }[];
}

function summary({ rutAlumno, nombre, porcentajeAvance, modulos }: SicAlumno): unknown[] {
  const each = modulos.map((m) => [
    m.codigoModulo,
    m.porcentajeAvance,
    m.tiempoConectividad,
    m.idProceso,
    m.dia,
  ]);
  return [rutAlumno, nombre, porcentajeAvance, ...each];
}
