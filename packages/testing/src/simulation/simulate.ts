import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Alerta, type Avisar, openLedger } from '@puente-sic/engine';
import type { RegistryFile } from '@puente-sic/gestor';
import type { Violation } from './case.ts';
import { judge } from './judge.ts';
import type { Hits, Kind } from './kinds.ts';
import { kindsOf, type Scenario, type ScenarioOptions, scenarioOf } from './scenario.ts';
import { type Sence, startSence } from './sence.ts';
import { World } from './world.ts';

/** What a seed came to. The same seed gives the same report. */
export interface Report {
  seed: number;
  kinds: Kind[];
  hits: Hits;
  violations: Violation[];
  /** What happened, in its order: requests and ends of the service. */
  course: string[];
  /** Alerts that went out, in their order. */
  alerts: Pick<Alerta, 'tipo' | 'clave' | 'titulo'>[];
}

/** Runs seeds one after the other, against one Gestor. */
export interface Simulator {
  run(seed: number, options?: ScenarioOptions): Promise<Report>;
  /** A scenario that somebody has thought out, with who is to be told of it. */
  play(scenario: Scenario, avisar?: Avisar[]): Promise<Report>;
  close(): Promise<void>;
}

export async function openSimulator(): Promise<Simulator> {
  const sence = await startSence();
  const folder = mkdtempSync(join(tmpdir(), 'puente-simulacion-'));
  const empty = join(folder, 'vacio');
  // Made once: bringing an empty file up to date costs more than a night.
  await (await openLedger(empty)).close();
  const simulator: Simulator = {
    run: (seed, options) => simulator.play(scenarioOf(seed, options)),
    play: async (scenario, avisar) => {
      const datos = join(folder, String(scenario.seed));
      cpSync(empty, datos, { recursive: true });
      if (!kindsOf(scenario).includes('first-start')) begin(datos, scenario);
      try {
        return await runScenario(scenario, { sence, datos, avisar });
      } finally {
        for (const path of [datos, `${datos}-respaldo`]) rmSync(path, { recursive: true, force: true });
      }
    },
    close: async () => {
      await sence.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return simulator;
}

/** Providers who have worked with puente before: the ledger is taken to know what SENCE has of them. */
function begin(datos: string, { providers, start }: Scenario): void {
  const database = new DatabaseSync(join(datos, 'puente.sqlite'));
  const insert = database.prepare('INSERT INTO partida (rutOtec, leido) VALUES (?, ?)');
  for (const { rutOtec } of providers) insert.run(rutOtec, new Date(start).toISOString());
  database.close();
}

async function runScenario(
  scenario: Scenario,
  { sence, datos, avisar }: { sence: Sence; datos: string; avisar: Avisar[] | undefined },
): Promise<Report> {
  const world = new World(scenario, sence, datos, avisar);
  sence.attach(world.time);
  await sence.enrol(registryOf(scenario));
  await world.run();
  const violations = await judge(world);
  for (const { rutOtec } of scenario.providers) await sence.forget(rutOtec);
  const course = [
    ...world.passages.map(
      ({ at, rutOtec, sender, method, procesos }) =>
        `${new Date(at).toISOString()} ${sender} ${rutOtec} ${method} ${procesos.length}`,
    ),
    ...world.falls.map(({ at, error }) => `${new Date(at).toISOString()} the service fell: ${String(error)}`),
  ].sort();
  const kinds = kindsOf(scenario);
  return { seed: scenario.seed, kinds, hits: world.hits, violations, course, alerts: await alertsOf(datos) };
}

function registryOf({ providers }: Scenario): RegistryFile {
  return {
    otecs: providers.map(({ rutOtec, token }) => ({ rut: rutOtec, token, nombre: rutOtec })),
    cursos: providers.flatMap(({ rutOtec, courses }) =>
      courses.map(({ codigoOferta, codigoGrupo, modulos, people }) => ({
        ...{ codigoOferta, codigoGrupo, rutOtec, nombre: codigoOferta },
        modulos: modulos.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
        alumnos: people.filter(({ known }) => known).map(({ rut }) => ({ rut, nombre: 'Persona' })),
      })),
    ),
  };
}

async function alertsOf(datos: string): Promise<Report['alerts']> {
  const ledger = await openLedger(datos);
  const rows = await ledger.db.selectFrom('aviso').select('contenido').orderBy('id').execute();
  await ledger.close();
  return rows.map(({ contenido }) => {
    const { tipo, clave, titulo }: Alerta = JSON.parse(contenido);
    return { tipo, clave, titulo };
  });
}
