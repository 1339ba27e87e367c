import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GestorClient } from '@puente-sic/client';
import { type Ledger, openLedger, type Provider, type SendRequest, send } from '@puente-sic/engine';
import { type RegistryFile, startGestor } from '@puente-sic/gestor';
import { sql } from 'kysely';
import { bigCourses, codigoOf, MODULOS, peopleOf } from '../../e2e/big-course.ts';
import { startServer } from '../gestor/processes.ts';

export const OTEC = { rut: '76111222-8', token: '3D9F6C1A-5B7E-4F20-9A6D-1C2B3A4D5E6F', nombre: 'Medida' };
const NIGHT = new Date('2026-11-22T22:15:00-03:00');

export interface World {
  ledger: Ledger;
  provider: Provider;
  /** What a look at the provider asks of the engine. */
  request: Pick<SendRequest, 'sources' | 'otecs' | 'ledger' | 'version' | 'at' | 'clientFor' | 'filters'>;
  close(): Promise<void>;
}

/** A ledger with so many nights of one course of so many students; the Gestor is a process of its own. */
export async function openWorld(students: number, nights: number): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-medida-'));
  const datos = join(folder, 'gestor');
  const clock = () => NIGHT;
  const ledger = await openLedger(join(folder, 'estado'));
  const source = bigCourses([students]);
  const clientAt = (baseUrl: string) =>
    new GestorClient({ baseUrl, credenciales: { rutOtec: OTEC.rut, token: OTEC.token }, clock });
  const asked = { sources: [source], otecs: [OTEC], ledger, version: 2 as const, at: NIGHT };
  const gestor = await startGestor({ datos, registro: registry(students), clock });
  const first = clientAt(gestor.url);
  await send({ ...asked, clock, clientFor: () => first });
  await gestor.close();
  for (let back = 1; back < nights; back++) await copyNight(ledger, back);
  const server = await startServer(datos);
  const client = clientAt(server.url);
  return {
    ledger,
    provider: { otec: OTEC, sources: [source] },
    request: { ...asked, filters: {}, clientFor: () => client },
    close: async () => {
      await server.stop();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The night that was sent, once more, so many days earlier. */
async function copyNight({ db }: Ledger, back: number): Promise<void> {
  const noche = new Date(NIGHT.getTime() - back * 86_400_000).toISOString().slice(0, 10);
  await db.transaction().execute(async (tx) => {
    const sent = await tx.selectFrom('envio').selectAll().where('codigoEnvio', 'not like', 'A-%').execute();
    for (const envio of sent) {
      const codigoEnvio = `A-${back}-${envio.codigoEnvio}`;
      await tx
        .insertInto('envio')
        .values({ ...envio, codigoEnvio, noche })
        .execute();
      await sql`
        INSERT INTO registro SELECT ${codigoEnvio}, alumno, modulo, ${noche}, rut, codigoModulo, porcentajeAvance,
          tiempoConectividad, estado, avanceAlumno, estadoAlumno, huella, resultado, codigo, motivo
        FROM registro WHERE codigoEnvio = ${envio.codigoEnvio}`.execute(tx);
    }
  });
}

function registry(students: number): RegistryFile {
  const codigo = codigoOf(students);
  return {
    otecs: [OTEC],
    cursos: [
      {
        ...{ codigoOferta: codigo, codigoGrupo: codigo, rutOtec: OTEC.rut, nombre: codigo },
        modulos: MODULOS.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
        alumnos: peopleOf(students),
      },
    ],
  };
}
