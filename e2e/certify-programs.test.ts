import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kit, startKit } from '@puente-sic/gestor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTY, INCOMPLETE } from '../packages/gestor/test/kit/faulty-programs.ts';
import { type Habits, Program } from '../packages/gestor/test/kit/program.ts';
import { RIGHT } from '../packages/gestor/test/kit/right-programs.ts';

let folder: string;
let kit: Kit;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-programs-'));
  kit = await startKit({ datos: folder, segundosLenta: 0.2 });
});

afterAll(async () => {
  await kit.close();
  await rm(folder, { recursive: true });
});

/** What a run of a program leaves failed and pending, each with what was seen. */
async function runOf(habits: Habits): Promise<{ fallado: string[]; pendiente: string[] }> {
  const perfil = habits.perfil ?? 'completo';
  const body = JSON.stringify({ programa: 'Programa', version: '1', perfil });
  await fetch(new URL('/certificacion/inicio', kit.url), { method: 'POST', body });
  await (await Program.at(kit.url, habits)).run();
  const of = (estado: string) =>
    kit
      .resultados()
      .flatMap((each) => (each.estado === estado ? [`${each.escenario.id}: ${each.visto}`] : []));
  return { fallado: of('fallado'), pendiente: of('pendiente') };
}

const ids = (texts: string[]) => texts.map((text) => text.split(':')[0]);

test.each(Object.entries(RIGHT))('a right program, «%s», is certified', async (_name, habits) => {
  expect(await runOf(habits)).toEqual({ fallado: [], pendiente: [] });
});

test.each(Object.entries(FAULTY).map(([name, [id, habits]]) => [name, id, habits] as const))(
  'a program with «%s» fails %s and nothing else',
  async (_name, id, habits) => {
    const { fallado } = await runOf(habits);
    expect(ids(fallado), fallado.join('\n')).toEqual([id]);
  },
);

test.each(Object.entries(INCOMPLETE).map(([name, [id, habits]]) => [name, id, habits] as const))(
  'a program that «%s» is not certified: %s stays open, and nothing else',
  async (_name, id, habits) => {
    const { fallado, pendiente } = await runOf(habits);
    expect([fallado, ids(pendiente)]).toEqual([[], [id]]);
  },
);
