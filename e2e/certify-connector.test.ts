import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GestorClient } from '@puente-sic/client';
import { ESPERA_INCIERTO_MS, openLedger, type SendRequest, send } from '@puente-sic/engine';
import { type Kit, startKit } from '@puente-sic/gestor';
import type { Curso } from '@puente-sic/protocol';
import type { CourseTree, Source } from '@puente-sic/sources';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nightRunner } from '../packages/engine/src/serve/night-runner.ts';
import { type Hoja, nameProgram, openScenarios, PROFILES, type Profile, sheetOf } from './kit-sheet.ts';

let folder: string;
let kit: Kit;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-certify-'));
  kit = await startKit({ datos: join(folder, 'kit'), segundosLenta: 0.3 });
});
afterEach(async () => {
  await kit.close();
  await rm(folder, { recursive: true });
});

test.each(PROFILES)('our own connector is certified, profile $perfil', async (profile) => {
  await nameProgram(kit, { programa: 'puente', perfil: profile.perfil });
  const hoja = await sheetOf(kit);
  const connector = new Connector(hoja, profile);
  for (const { id, estados } of hoja.escenarios) {
    if (id !== profile.left) await connector.work(id, estados);
  }
  expect(openScenarios(kit)).toEqual([]);
  expect(kit.informe()).toMatchObject({ certificado: true, noAplican: profile.left ? 1 : 0 });
});

/** The engine as `puente` runs it, on a source that holds what the kit's sheet says. */
class Connector {
  readonly #hoja: Hoja;
  readonly #profile: Profile;
  #state: Curso | null = null;
  /** Each scenario has days of its own, from noon on: what it waits for passes no midnight. */
  #noon = Date.parse('2026-09-15T12:00:00-03:00');
  readonly #source: Source = {
    name: 'hoja',
    listCourses: async () => (this.#state ? [treeOf(this.#state)] : []),
    read: async () => ({ courses: this.#state ? [treeOf(this.#state)] : [], notGiven: [], findings: [] }),
    close: async () => {},
  };

  constructor(hoja: Hoja, profile: Profile) {
    this.#hoja = hoja;
    this.#profile = profile;
  }

  async work(id: string, [first, ...later]: Curso[]): Promise<void> {
    if (id === 'token-malo') {
      expect(await this.#client(this.#hoja.tokenMalo).testConnection()).toMatchObject({ kind: 'refused' });
    }
    if (id === 'token-bueno')
      expect(await this.#client().testConnection()).toMatchObject({ kind: 'accepted' });
    if (!first) return;
    this.#state = first;
    if (NIGHTS[id]) return this.#serve(id, NIGHTS[id]);

    kit.reloj.set(new Date(this.#noon));
    this.#noon += 2 * 86_400_000;
    const version = this.#profile.only ?? (id === 'version-1' ? 1 : 2);
    await this.#send({ version });
    for (const state of later) {
      // The sheet asks for another night: the same of the same night is not sent again.
      kit.reloj.advance(86_400);
      this.#state = state;
      await this.#send({ version });
    }
    if (['parcial', 'html-delante', 'desconocido'].includes(id)) {
      await this.#send({ version, filters: { soloErrores: true } });
    }
    if (['http-503', 'corte-antes', 'corte-despues'].includes(id)) {
      kit.reloj.advance(ESPERA_INCIERTO_MS / 1000 + 60);
      await this.#send({ version });
    }
  }

  /** The service from noon to the next morning, asked every five minutes of the kit's clock. */
  async #serve(id: string, [from, to]: readonly [string, string]): Promise<void> {
    const ledger = await openLedger(join(folder, id));
    const otec = { rut: this.#hoja.rutOtec, token: this.#hoja.token.toUpperCase() };
    const runner = nightRunner(
      { otec, sources: [this.#source] },
      {
        ledger,
        version: this.#profile.only ?? 2,
        clock: () => kit.reloj.now(),
        clientFor: () => this.#client(),
      },
    );
    for (let now = Date.parse(from); now < Date.parse(to); now += 5 * 60_000) {
      kit.reloj.set(new Date(now));
      await runner.tick();
    }
    await runner.close(AbortSignal.timeout(1000));
    await ledger.close();
    kit.reloj.reset();
  }

  async #send(more: Pick<SendRequest, 'version' | 'filters'>): Promise<void> {
    const ledger = await openLedger(join(folder, 'a-mano'));
    const token = this.#hoja.token.toUpperCase();
    await send({
      sources: [this.#source],
      otecs: [{ rut: this.#hoja.rutOtec, token }],
      ledger,
      at: kit.reloj.now(),
      clock: () => kit.reloj.now(),
      clientFor: () => this.#client(),
      ...more,
    });
    await ledger.close();
  }

  #client(token = this.#hoja.token): GestorClient {
    const credenciales = { rutOtec: this.#hoja.rutOtec, token };
    return new GestorClient({ baseUrl: kit.url, credenciales, clock: () => kit.reloj.now() });
  }
}

const NIGHTS: Record<string, readonly [string, string]> = {
  noche: ['2026-11-10T12:00:00-03:00', '2026-11-11T09:00:00-03:00'],
  'cambio-abril': ['2026-04-04T12:00:00-03:00', '2026-04-05T09:00:00-04:00'],
  'cambio-septiembre': ['2026-09-05T12:00:00-04:00', '2026-09-06T09:00:00-03:00'],
};

function treeOf({ listaAlumnos, ...curso }: Curso): CourseTree {
  return {
    ...curso,
    id: curso.codigoOferta,
    name: curso.codigoOferta,
    title: curso.codigoOferta,
    students: listaAlumnos.map((alumno) => ({
      alumno,
      modulePlaces: [],
      held: [],
      notGiven: [],
      findings: [],
    })),
    findings: [],
  };
}
