import {
  appendFile,
  type FileHandle,
  mkdtemp,
  open as openFile,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveBefore, openStore, publishDay, type Store, verifyArchive } from '../src/index.ts';
import {
  alumno,
  envio,
  MODULOS,
  modulo,
  OTHER_OTEC,
  OTHER_TOKEN,
  RUT_OTEC,
  registry,
  TOKEN,
} from './data.ts';
import { history, send } from './http.ts';
import { onEachStore } from './stores.ts';

const at = (day: string) => new Date(`${day}T22:30:00-03:00`);
const NOW = at('2027-03-10');

onEachStore('archiving', (home) => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'puente-archivo-'));
  });
  afterAll(() => rm(root, { recursive: true }));
  const opened: Store[] = [];
  afterAll(() => Promise.all(opened.map((store) => store.close())));

  /** A service with a process of each of these days, all published; and it is March now. */
  async function open(days = ['2026-11-22', '2026-11-30', '2026-12-01', '2027-02-01'], published = true) {
    const datos = await home.datos();
    const clock = { now: NOW };
    const gestor = await home.start({ datos, clock: () => clock.now, registro: registry() });
    const store = await openStore(datos);
    opened.push(store);
    for (const [index, day] of days.entries()) {
      clock.now = at(day);
      // A call that makes its own month uses up a number on PostgreSQL.
      await store.prepareMonth(day);
      await send(gestor, report(10 * (index + 1), `envio-${day}`));
    }
    clock.now = NOW;
    if (published) await publishDay('2027-03-09', { store, clock: () => NOW });
    const destino = await mkdtemp(join(root, 'destino-'));
    const archive = (antesDe: string, into = destino) =>
      archiveBefore({ store, clock: () => NOW, antesDe, destino: into });
    return { gestor, store, destino, archive, clock };
  }

  const report = (porcentajeAvance: number, codigoEnvio: string) =>
    envio(
      [1, 9].map((n) => alumno(n, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance })] })),
      {
        codigoEnvio,
      },
    );

  const daysOf = async (store: Store) =>
    (await store.db.selectFrom('proceso').select('dia').orderBy('id').execute()).map(({ dia }) => dia);

  test('a month goes into files that hold all of it and can be read back, and out of the store', async () => {
    const { store, destino, archive } = await open();
    const before = await store.db.selectFrom('registro').selectAll().where('procesoId', '<=', 2).execute();
    const done = await archive('2026-12');
    expect(done).toMatchObject([
      { mes: '2026-11', procesos: 2, registros: 4, carpeta: join(destino, '2026-11') },
    ]);
    expect(await daysOf(store)).toEqual(['2026-12-01', '2027-02-01']);
    const left = await store.db.selectFrom('registro').select('procesoId').distinct().execute();
    expect(left.map(({ procesoId }) => procesoId).sort()).toEqual([3, 4]);

    const folder = join(destino, '2026-11');
    const lines = (name: string) =>
      readFile(join(folder, name)).then((packed) =>
        gunzipSync(packed)
          .toString()
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
    expect(await lines('procesos.ndjson.gz')).toMatchObject([
      {
        id: 1,
        dia: '2026-11-22',
        codigoEnvio: 'envio-2026-11-22',
        aceptados: 1,
        rechazados: 1,
        noche: '2027-03-09',
      },
      { id: 2, dia: '2026-11-30', codigoEnvio: 'envio-2026-11-30' },
    ]);
    const key = ({ procesoId, n }: { procesoId: number; n: number }) => procesoId * 100 + n;
    const registros = await lines('registros.ndjson.gz');
    expect(registros).toEqual(
      before
        .toSorted((one, other) => key(one) - key(other))
        .map((row) =>
          Object.fromEntries(Object.keys(registros[0]).map((name) => [name, Reflect.get(row, name)])),
        ),
    );
    expect(Object.keys(registros[0])).toHaveLength(23);
    expect(await verifyArchive(destino)).toMatchObject([
      { problemas: [], manifiesto: { mes: '2026-11', otecs: 1 } },
    ]);
    expect(await archive('2026-12')).toEqual([]);
    expect((await archive('2027-02')).map(({ mes }) => mes)).toEqual(['2026-12']);
  });

  test('025 goes on from the last value, and the history says what is archived', async () => {
    const { gestor, archive } = await open();
    expect((await history(gestor)).map(({ id_proceso_externo }) => id_proceso_externo)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    await archive('2027-02');
    const all = await history(gestor);
    expect(all.map(({ id_proceso_externo }) => id_proceso_externo)).toEqual(['0', '4']);
    expect(all[0]).toMatchObject({ listaregistros: [], fecha: '2026-12-31 23:59:59', codigo_externo: null });
    expect(all[0]?.observaciones).toMatch(/^Hay 3 procesos entre 2026-11 y 2026-12 en el archivo del Gestor/);
    expect(Object.keys(all[0] ?? {})).toEqual(Object.keys(all[1] ?? {}));
    // One who asks for what is archived is not told that it never came; for what is not, nothing is said.
    const told = async (query: Record<string, string>) =>
      (await history(gestor, query)).map(({ id_proceso_externo }) => id_proceso_externo);
    expect(await told({ id_proceso: '2' })).toEqual(['0']);
    expect(await told({ codigo_externo: 'envio-2026-11-30' })).toEqual(['0']);
    expect(await told({ id_proceso: '4' })).toEqual(['4']);
    expect(await told({ id_proceso: '99' })).toEqual([]);
    expect(await told({ codigo_externo: 'envio-2027-02-01' })).toEqual(['4']);
    expect(await told({ codigo_externo: 'otro', fechaDesde: '2027-01-01' })).toEqual([]);
    expect(await told({ fechaDesde: '2026-12-31' })).toEqual(['0', '4']);
    expect(await history(gestor, { rutOtec: OTHER_OTEC, token: OTHER_TOKEN })).toEqual([]);

    const lower = await send(gestor, report(35, 'menos'));
    expect(lower.datosError?.map(({ codigo }) => codigo)).toContain('025');
  });

  test('the last value by day is the archived one', async () => {
    const datos = await home.datos();
    const clock = { now: at('2026-11-22') };
    const supuestos = { avancePorDia: true };
    const gestor = await home.start({ datos, clock: () => clock.now, registro: registry(), supuestos });
    const store = await openStore(datos);
    opened.push(store);
    await send(gestor, report(40, 'noviembre'));
    clock.now = NOW;
    await publishDay('2027-03-09', { store, clock: () => NOW });
    await archiveBefore({
      store,
      clock: () => NOW,
      antesDe: '2026-12',
      destino: await mkdtemp(join(root, 'd-')),
    });
    const codes = async (figure: number) =>
      (await send(gestor, report(figure, 'marzo'))).datosError?.map(({ codigo }) => codigo);
    expect(await codes(39)).toContain('025');
    expect(await codes(41)).not.toContain('025');
  });

  test('the pages say what is archived', async () => {
    const { gestor, archive } = await open();
    await archive('2027-02');
    const page = async (path: string) => {
      const authorization = `Basic ${Buffer.from(`${RUT_OTEC}:${TOKEN}`).toString('base64')}`;
      const answer = await fetch(new URL(path, gestor.url), { headers: { authorization } });
      return { status: answer.status, text: await answer.text() };
    };
    expect((await page('/procesos')).text).toContain('Hay 3 procesos entre 2026-11 y 2026-12 en el archivo');
    expect((await page('/procesos?desde=2027-01-01')).text).not.toContain('en el archivo');
    const one = await page('/procesos/2');
    expect(one.status).toBe(404);
    expect(one.text).toContain('en el archivo del Gestor');
    expect((await page('/procesos/99')).text).not.toContain('en el archivo');
    expect((await page('/procesos/alumno?curso=1&rut=9000001')).text).toContain('en el archivo del Gestor');
  });

  test('what has to stay stays: this month, the last one, and what no night has taken', async () => {
    const { store, archive, destino } = await open(undefined, false);
    await expect(archive('2027-03')).rejects.toMatchObject({
      message: expect.stringContaining('No se archiva nada desde 2027-02'),
      fix: 'Use a lo más --antes-de 2027-02.',
    });
    await expect(archive('2027-02')).rejects.toThrow('De 2026-11 hay 2 procesos que todavía no pasan a SIC.');
    expect(await daysOf(store)).toHaveLength(4);
    expect(await readdir(destino)).toEqual([]);
  });

  test('an archive that holds something else is never written over, and nothing is dropped for it', async () => {
    const { store, archive, destino } = await open();
    const other = await open(['2026-11-05']);
    await other.archive('2026-12', destino);
    await expect(archive('2026-12')).rejects.toThrow('ya hay algo, y no es lo que hay en la base');
    expect(await daysOf(store)).toHaveLength(4);
    expect(await verifyArchive(destino)).toMatchObject([{ problemas: [], manifiesto: { procesos: 1 } }]);
    // The same as what a run that died before it dropped the month has left.
    await rename(join(destino, '2026-11'), join(destino, '2026-11-otro'));
    await rm(join(destino, '.2026-11'), { recursive: true, force: true });
    await archive('2026-12');
    expect(await daysOf(store)).toEqual(['2026-12-01', '2027-02-01']);
  });

  test('a disk that keeps another byte than it was given: nothing is dropped, and no month stands there', async () => {
    const { store, archive, destino } = await open();
    const repair = await withWornDisk(join(destino, 'any'));
    try {
      await expect(archive('2026-12')).rejects.toMatchObject({
        message: expect.stringMatching(
          /^Lo escrito de 2026-11 no se puede leer igual: .+ No se borró nada\.$/,
        ),
        fix: expect.stringContaining('--destino'),
      });
    } finally {
      repair();
    }
    expect(await daysOf(store)).toHaveLength(4);
    await expect(verifyArchive(destino)).rejects.toThrow('no hay ningún mes archivado');
    expect(await archive('2026-12')).toMatchObject([{ mes: '2026-11', procesos: 2 }]);
  });

  test('one that was noted and not dropped is dropped once its files are still whole', async () => {
    const { store, archive, destino } = await open();
    const dropMonth = store.dropMonth;
    store.dropMonth = () => Promise.reject(new Error('killed'));
    await expect(archive('2026-12')).rejects.toThrow('killed');
    store.dropMonth = dropMonth;
    const registros = join(destino, '2026-11', 'registros.ndjson.gz');
    const whole = await readFile(registros);
    await writeFile(registros, whole.subarray(0, -9));
    await expect(archive('2026-12')).rejects.toThrow('ya no es el que se escribió');
    expect(await daysOf(store)).toHaveLength(4);
    await writeFile(registros, whole);
    expect(await archive('2026-12')).toMatchObject([{ mes: '2026-11', procesos: 2 }]);
    expect(await daysOf(store)).toEqual(['2026-12-01', '2027-02-01']);
  });

  test('what comes in of an archived month, by a clock set back, is not dropped', async () => {
    const { gestor, store, archive, clock } = await open();
    const dropMonth = store.dropMonth;
    store.dropMonth = async (archivado) => {
      clock.now = at('2026-11-29');
      await send(gestor, report(50, 'atrasado'));
      return dropMonth(archivado);
    };
    await expect(archive('2026-12')).rejects.toThrow('llegaron procesos después de archivarlo');
    const late = await store.db.selectFrom('proceso').select('codigoEnvio').where('id', '=', 5).execute();
    expect(late).toEqual([{ codigoEnvio: 'atrasado' }]);
  });

  test('every kind of damage is found, and said', async () => {
    const { destino, archive } = await open();
    await archive('2026-12');
    const folder = join(destino, '2026-11');
    const problems = async () => (await verifyArchive(destino))[0]?.problemas.join(' ');
    const files = ['manifiesto.json', 'procesos.ndjson.gz', 'registros.ndjson.gz'];
    expect((await readdir(folder)).sort()).toEqual(files);
    for (const name of files) {
      const path = join(folder, name);
      const whole = await readFile(path);
      await rm(path);
      expect(await problems(), name).toMatch(/falta/);
      await writeFile(path, whole.subarray(0, whole.length / 2));
      expect(await problems(), name).toMatch(/no se puede leer|no es el que/);
      await writeFile(path, whole);
    }
    await appendFile(join(folder, 'procesos.ndjson.gz'), 'x');
    expect(await problems()).toMatch(/procesos\.ndjson\.gz/);
    await expect(verifyArchive(join(destino, 'nada'))).rejects.toThrow('no hay ningún mes archivado');
  });

  test('a night that is archived is not written again in part', async () => {
    const { store, archive } = await open();
    await archive('2026-12');
    const salida = await mkdtemp(join(root, 'salida-'));
    await expect(publishDay('2027-03-09', { store, clock: () => NOW, salida })).rejects.toThrow(
      'está archivado',
    );
    expect(await readdir(salida)).toEqual([]);
  });
});

/** From now on the last byte of each piece that is appended to a file turns into another; until it is repaired. */
async function withWornDisk(any: string): Promise<() => void> {
  const file = await openFile(any, 'w');
  const disk: FileHandle = Object.getPrototypeOf(file);
  await file.close();
  await rm(any);
  const append = disk.appendFile;
  disk.appendFile = function (this: FileHandle, piece, ...rest) {
    const kept = Buffer.from(piece as Buffer);
    kept[kept.length - 1] = 255 - (kept.at(-1) ?? 0);
    return append.call(this, kept, ...rest);
  };
  return () => {
    disk.appendFile = append;
  };
}
