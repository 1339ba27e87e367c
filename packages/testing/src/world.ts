import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GestorClient } from '@puente-sic/client';
import { type Ledger, openLedger, type SendRequest } from '@puente-sic/engine';
import { type Gestor, type RegistryFile, startGestor } from '@puente-sic/gestor';
import type { CourseTree } from '@puente-sic/sources';
import { MODULOS, OFERTA, OTEC, rutOf, sourceOf } from './course.ts';
import { type Fault, startProxy } from './proxy.ts';

export interface World {
  gestor: Gestor;
  ledger: Ledger;
  datos: string;
  /** What the next requests meet, in order; 'none' afterwards. Reading the history meets nothing. */
  faults: Fault[];
  /** The clock of both ends, set by the test. */
  time: { now: Date };
  courses: CourseTree[];
  /** Straight to the Gestor, without the bad line. */
  client: GestorClient;
  request(more?: Partial<SendRequest>): SendRequest;
  /** The ledger is not new: what SENCE has it is taken to know, and nothing has to be read first. */
  begun(): Promise<void>;
  close(): Promise<void>;
}

/** Real Gestor, real ledger, real HTTP, a line that can be bad, and a clock that the test sets. */
export async function openWorld(students = 4): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'puente-engine-'));
  const datos = join(folder, 'estado');
  const time = { now: new Date('2026-11-22T22:30:00-03:00') };
  const clock = () => time.now;
  const gestor = await startGestor({ datos: join(folder, 'gestor'), registro: registryOf(students), clock });
  const proxy = await startProxy(gestor.port, ({ method }) =>
    method === 'POST' ? (world.faults.shift() ?? 'none') : 'none',
  );
  const clientOf = (url: string) =>
    new GestorClient({ baseUrl: url, credenciales: credenciales(), clock, timeoutMs: 10_000 });
  const source = sourceOf(() => world.courses);
  const world: World = {
    gestor,
    ledger: await openLedger(datos),
    datos,
    faults: [],
    time,
    courses: [],
    client: clientOf(gestor.url),
    request: (more = {}) => ({
      sources: [source],
      otecs: [OTEC],
      ledger: world.ledger,
      version: 2,
      at: time.now,
      clock,
      clientFor: () => clientOf(`http://127.0.0.1:${proxy.port}/gestor/API`),
      ...more,
    }),
    begun: async () => {
      const leido = time.now.toISOString();
      const row = { rutOtec: OTEC.rut, restaurado: null, ultimaNoche: null, leido };
      await world.ledger.db.insertInto('partida').values(row).execute();
    },
    close: async () => {
      await world.ledger.close();
      await proxy.close();
      await gestor.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

function credenciales() {
  return { rutOtec: OTEC.rut, token: OTEC.token };
}

export function registryOf(students: number): RegistryFile {
  return {
    otecs: [{ rut: OTEC.rut, nombre: 'Capacitaciones de Prueba', token: OTEC.token, vigente: true }],
    alumnos: [],
    cursos: [
      {
        codigoOferta: OFERTA,
        codigoGrupo: OFERTA,
        rutOtec: OTEC.rut,
        nombre: 'Curso de prueba',
        fechaInicio: '2026-11-01',
        fechaFin: '2026-12-31',
        modulos: MODULOS.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
        alumnos: Array.from({ length: students }, (_, index) => ({
          rut: rutOf(index).text,
          nombre: `Persona ${index}`,
        })),
      },
    ],
  };
}
