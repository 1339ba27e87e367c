import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Curso } from '@puente-sic/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type CourseOptions,
  fileStorage,
  MockGestor,
  memoryStorage,
  type SendStorage,
  type Transport,
} from '../src/index.ts';
import { CURSO } from './data.ts';

let now: Date;
let gestor: MockGestor;
let storage: SendStorage;
let folder: string;

beforeEach(async () => {
  now = new Date('2026-11-22T22:30:00-03:00');
  gestor = new MockGestor({ clock: () => now });
  storage = memoryStorage();
  folder = await mkdtemp(join(tmpdir(), 'puente-curso-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A client whose waits move the clock. */
const client = (transport: Transport = gestor.transport) =>
  gestor.client({
    transport,
    sleep: async (ms) => {
      now = new Date(now.getTime() + ms);
    },
  });

const sendIt = (curso: Curso, more: Partial<CourseOptions> = {}) =>
  client().sendCourse(curso, { storage, ...more });

/** A course with so many invented students, two modules each. */
function courseOf(count: number, porcentajeAvance = 50): Curso {
  const [alumno] = CURSO.listaAlumnos;
  if (!alumno) throw new Error('no student');
  const modulos = ['MOD-1', 'MOD-2'].map((codigoModulo) => ({
    ...(alumno.listaModulos[0] ?? never()),
    codigoModulo,
    porcentajeAvance,
  }));
  return {
    codigoOferta: CURSO.codigoOferta,
    codigoGrupo: CURSO.codigoGrupo,
    listaAlumnos: Array.from({ length: count }, (_, index) => ({
      ...alumno,
      rutAlumno: 31_000_000 + index,
      listaModulos: modulos,
    })),
  };
}

function never(): never {
  throw new Error('no module');
}

const fates = ({ records }: { records: { fate: string }[] }) =>
  [...new Set(records.map(({ fate }) => fate))].join();

test('a big course goes in parts of 200 and is told record by record, in its order', async () => {
  gestor.reject('31000201-5', '011');
  const sent = await sendIt(courseOf(450));
  expect(gestor.sent.map(({ listaAlumnos }) => listaAlumnos.length)).toEqual([200, 200, 50]);
  expect(new Set(gestor.sent.map(({ codigoEnvio }) => codigoEnvio)).size).toBe(3);
  expect(sent).toMatchObject({ complete: true, error: null });
  expect(sent.parts.map(({ via, idProceso }) => [via, idProceso])).toEqual(
    [1, 2, 3].map((id) => ['respuesta', id]),
  );
  expect(sent.records).toHaveLength(900);
  expect(sent.records[403]).toMatchObject({
    rut: '31000201-5',
    codigoModulo: 'MOD-2',
    position: [201, 1],
    fate: 'rejected',
    reasons: [{ code: '011' }],
  });
  expect(sent.records.filter(({ fate }) => fate === 'rejected')).toHaveLength(2);
});

test('an answer that was lost is settled by the history, and the course does not go twice', async () => {
  gestor.fail('cut-after');
  const sent = await sendIt(courseOf(2));
  expect(sent).toMatchObject({ complete: true, parts: [{ via: 'historial', idProceso: 1 }] });
  expect(gestor.sent).toHaveLength(1);
});

test('what never arrived goes again, only once that is proved', async () => {
  gestor.fail('cut-before');
  const begun = now.getTime();
  const sent = await sendIt(courseOf(2));
  expect(sent).toMatchObject({ complete: true, parts: [{ via: 'respuesta' }] });
  expect(gestor.sent).toHaveLength(1);
  expect(now.getTime() - begun).toBeGreaterThanOrEqual(20 * 60_000);
  expect((await storage.load()).map(({ estado }) => estado)).toEqual(['no-llego', 'aceptado']);
});

test('without patience it is told as unknown, when to ask again, and what stands after is not sent', async () => {
  gestor.fail('cut-before');
  const sent = await sendIt(courseOf(250), { patienceMs: 0 });
  expect(sent.complete).toBe(false);
  expect(sent.parts.map(({ via }) => via)).toEqual(['desconocido', 'no-enviado']);
  expect(sent.askAgainAt?.getTime()).toBe(now.getTime() + 20 * 60_000);
  expect(gestor.sent).toHaveLength(0);
});

test('after a restart what was open is settled first: arrived is not sent again, not arrived is', async () => {
  gestor.fail('cut-after');
  const path = join(folder, 'otec', 'envios.ndjson');
  const lost: Transport = async (request) =>
    request.method === 'GET' ? unreachable : gestor.transport(request);
  const first = await client(lost).sendCourse(courseOf(2), { storage: fileStorage(path), patienceMs: 0 });
  expect(first).toMatchObject({ complete: false, error: { code: 'timeout' } });
  expect(await client().sendCourse(courseOf(2), { storage: fileStorage(path) })).toMatchObject({
    complete: true,
    parts: [{ via: 'antes', idProceso: 1 }],
  });
  expect(gestor.sent).toHaveLength(1);
});

const unreachable = {
  ...({ kind: 'broken', why: 'timeout', sent: true, proxied: false, error: null, status: null } as const),
  ...{ headers: {}, body: new Uint8Array(), durationMs: 1 },
};

test('the same again on the same day is not sent; of another day, or with another figure, it is', async () => {
  await sendIt(courseOf(2));
  expect(await sendIt(courseOf(2))).toMatchObject({ complete: true, parts: [{ via: 'antes' }] });
  await sendIt(courseOf(2, 60));
  now = new Date('2026-11-23T22:30:00-03:00');
  await sendIt(courseOf(2));
  expect(gestor.sent).toHaveLength(3);
});

test('what was rejected may go again the same day', async () => {
  gestor.reject('31000000-5', '011');
  await sendIt(courseOf(1));
  await sendIt(courseOf(1));
  expect(gestor.sent).toHaveLength(2);
});

test('a refused token stops it, tells what to do, and is looked up before anything goes again', async () => {
  gestor.fail('token-refused');
  const refused = await sendIt(courseOf(250));
  expect(refused).toMatchObject({
    complete: false,
    error: { code: 'not-authenticated', outcome: 'refused' },
  });
  expect(refused.error?.fix).toContain('token');
  expect(fates(refused)).toBe('not-sent');
  expect(gestor.sent).toHaveLength(0);
  expect(await sendIt(courseOf(2))).toMatchObject({ complete: true });
});

test('cancelled before it leaves: nothing was sent', async () => {
  const sent = await sendIt(courseOf(2), { signal: AbortSignal.abort() });
  expect(sent).toMatchObject({ complete: false, error: { code: 'aborted', outcome: 'not-sent' } });
  expect(gestor.sent).toHaveLength(0);
});

test('in version 1 no codigoEnvio goes, and a lost answer is found by what it says', async () => {
  gestor.fail('cut-after');
  expect(await sendIt(courseOf(2), { version: 1 })).toMatchObject({ parts: [{ via: 'historial' }] });
  expect(gestor.sent[0]).not.toHaveProperty('codigoEnvio');
});

test('the file is its owner’s alone, survives a cut line, and refuses one that was changed', async () => {
  const path = join(folder, 'envios.ndjson');
  for (let day = 1; day < 30; day += 1) {
    now = new Date(`2026-11-${String(day).padStart(2, '0')}T22:30:00-03:00`);
    await sendIt(courseOf(1), { storage: fileStorage(path) });
  }
  expect((await stat(path)).mode & 0o077).toBe(0);
  await appendFile(path, '{"codigoEnvio":"S-2');
  expect(await fileStorage(path).load()).toHaveLength(29);
  expect(await readFile(path, 'utf8')).not.toContain('31000000');
  await appendFile(path, 'roto\n');
  await expect(fileStorage(path).load()).rejects.toThrow('is not a send');
});
