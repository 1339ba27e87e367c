import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFirstUsuario, enlacesIn, type Running } from '@puente-sic/app';
import { GestorClient } from '@puente-sic/client';
import { openLedger, type Provider, send } from '@puente-sic/engine';
import { type RegistryFile, startGestor } from '@puente-sic/gestor';
import { type Panel, startPanel } from '@puente-sic/panel';
import { archivoSource } from '@puente-sic/sources';
import { bigCourses, codigoOf, codigosOf, MODULOS, peopleOf } from '../../e2e/big-course.ts';
import { shownSetup } from '../../packages/panel/test/support/setup.ts';

const OTEC = { rut: '76111222-8', token: '3D9F6C1A-5B7E-4F20-9A6D-1C2B3A4D5E6F', nombre: 'Medida' };
const NIGHT = new Date('2026-11-22T22:15:00-03:00');
const NEXT_MORNING = new Date('2026-11-23T09:05:00-03:00');

export interface World {
  panel: Panel;
  close(): Promise<void>;
}

/** Where the panel shows the course of so many students. */
export function pathOf(students: number): string {
  return `/cursos/${OTEC.rut}/${codigoOf(students)}/${codigoOf(students)}`;
}

/** Who looks. */
export const VISITOR = { usuario: 'Medida', clave: 'una frase que sólo yo sé' };

/**
 * A panel over courses of these sizes: SENCE accepted all of them last night, and half of the students went on since.
 * `sheet`: one more source, a folder where that file alone lies.
 */
export async function openWorld(
  sizes: number[],
  sheet?: { file: string; content: string; students: number },
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-medida-'));
  let now = NIGHT;
  const clock = () => now;
  const gestor = await startGestor({
    datos: join(folder, 'gestor'),
    registro: registry(sheet === undefined ? sizes : [...sizes, sheet.students]),
    clock,
  });
  const ledger = await openLedger(join(folder, 'estado'));
  const { rut: rutOtec, token } = OTEC;
  const client = new GestorClient({ baseUrl: gestor.url, credenciales: { rutOtec, token }, clock });
  const clientFor = () => client;
  const source = bigCourses(sizes, (at) => (now > NIGHT && at % 2 === 0 ? 60 : 50));
  const ruta = join(folder, 'planillas');
  if (sheet !== undefined) {
    await mkdir(ruta);
    await writeFile(join(ruta, sheet.file), sheet.content);
  }
  const sources = sheet === undefined ? [source] : [source, archivoSource({ name: 'planillas', ruta })];
  const provider: Provider = { otec: OTEC, sources };
  await send({ sources, otecs: [OTEC], ledger, version: 2, at: now, clock, clientFor });
  now = NEXT_MORNING;
  const inForce: Running = { providers: [provider], pendientes: [], version: 2, clientFor, ensayo: false };
  const place = { config: join(folder, 'puente.yaml'), datos: join(folder, 'estado'), env: {} };
  await createFirstUsuario(ledger, 'consola', VISITOR, now);
  const panel = await startPanel({
    ...{
      ledger,
      setup: shownSetup(inForce, clock, sheet && ruta),
      clock,
      port: 0,
      enlaces: enlacesIn(place, clock),
    },
    use: (work) => work(inForce),
    clave: async () => 'the key of a test, and of no other',
  });
  return {
    panel,
    close: async () => {
      await panel.close();
      await ledger.close();
      await gestor.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function registry(sizes: number[]): RegistryFile {
  const codigos = codigosOf(sizes);
  return {
    otecs: [OTEC],
    cursos: sizes.map((students, at) => ({
      ...{ codigoOferta: codigos[at] ?? '', codigoGrupo: codigos[at] ?? '', rutOtec: OTEC.rut },
      nombre: codigos[at] ?? '',
      modulos: MODULOS.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
      alumnos: peopleOf(students),
    })),
  };
}
