import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStorage, GestorClient } from '@puente-sic/client';
import { type Kit, startKit } from '@puente-sic/gestor';
import type { Curso } from '@puente-sic/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Hoja, nameProgram, openScenarios, PROFILES, type Profile, sheetOf } from './kit-sheet.ts';

let folder: string;
let kit: Kit;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-certify-sdk-'));
  kit = await startKit({ datos: join(folder, 'kit'), segundosLenta: 0.3 });
});
afterEach(async () => {
  await kit.close();
  await rm(folder, { recursive: true });
});

const NIGHTS: Record<string, readonly [string, string, string]> = {
  noche: ['2026-11-10T12:00:00-03:00', '2026-11-10T22:30:00-03:00', '2026-11-11T09:00:00-03:00'],
  'cambio-abril': ['2026-04-04T12:00:00-03:00', '2026-04-04T22:30:00-03:00', '2026-04-05T09:00:00-04:00'],
  'cambio-septiembre': [
    '2026-09-05T12:00:00-04:00',
    '2026-09-05T22:30:00-04:00',
    '2026-09-06T09:00:00-03:00',
  ],
};

/** A program on the SDK alone: `sendCourse`, one file, and of its own only that a percentage never falls. */
class Program {
  readonly #hoja: Hoja;
  readonly #profile: Profile;
  readonly #storage = fileStorage(join(folder, 'envios.ndjson'));

  constructor(hoja: Hoja, profile: Profile) {
    this.#hoja = hoja;
    this.#profile = profile;
  }

  async everything(): Promise<void> {
    await this.#client(this.#hoja.tokenMalo).testConnection();
    await this.#client().testConnection();
    for (const { id, estados } of this.#hoja.escenarios) await this.#work(id, estados);
  }

  async #work(id: string, [first, ...later]: Curso[]): Promise<void> {
    if (!first || id === this.#profile.left) return;
    const night = NIGHTS[id];
    if (night) return this.#night(first, night);
    const rejected = await this.#send(first, id);
    for (const state of later) {
      kit.reloj.advance(86_400);
      await this.#send(notLower(state, first), id);
    }
    if (['parcial', 'html-delante', 'desconocido'].includes(id)) {
      const listaAlumnos = first.listaAlumnos.filter(({ rutAlumno }) => rejected.has(Number(rutAlumno)));
      await this.#send({ ...first, listaAlumnos }, id);
    }
  }

  async #night(course: Curso, [noon, evening, morning]: readonly [string, string, string]): Promise<void> {
    for (const instant of [noon, evening]) kit.reloj.set(new Date(instant));
    await this.#send(course, 'noche');
    kit.reloj.set(new Date(morning));
    kit.reloj.reset();
  }

  /** The students that were rejected. */
  async #send(course: Curso, id: string): Promise<Set<number>> {
    const version = this.#profile.only ?? (id === 'version-1' ? 1 : 2);
    const sent = await this.#client().sendCourse(course, { storage: this.#storage, version });
    const rejected = sent.records.filter(({ fate }) => fate === 'rejected');
    return new Set(rejected.map(({ rut }) => Number(rut.split('-')[0])));
  }

  #client(token = this.#hoja.token): GestorClient {
    return new GestorClient({
      baseUrl: kit.url,
      credenciales: { rutOtec: this.#hoja.rutOtec, token },
      clock: () => kit.reloj.now(),
      sleep: async (ms) => kit.reloj.advance(Math.ceil(ms / 1000)),
    });
  }
}

function notLower(state: Curso, before: Curso): Curso {
  const listaAlumnos = state.listaAlumnos.filter(
    ({ porcentajeAvance }, at) => porcentajeAvance >= (before.listaAlumnos[at]?.porcentajeAvance ?? 0),
  );
  return { ...state, listaAlumnos };
}

test.each(PROFILES)('a program on sendCourse is certified, profile $perfil', async (profile) => {
  await nameProgram(kit, { programa: 'sendCourse', perfil: profile.perfil });
  await new Program(await sheetOf(kit), profile).everything();
  expect(openScenarios(kit)).toEqual([]);
  expect(kit.informe()).toMatchObject({ certificado: true, noAplican: profile.left ? 1 : 0 });
});
