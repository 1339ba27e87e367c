import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importRegistry, type RegistryFile, readRegistry, type Store, startGestor } from '@puente-sic/gestor';
import type { VirtualTime } from './time.ts';

/** One student × module as SENCE's own store has it. */
export interface StoredRecord {
  idProceso: number;
  codigoEnvio: string | null;
  /** When it arrived, in milliseconds since 1970. */
  recibidoEn: number;
  codigoOferta: string;
  codigoGrupo: string;
  rut: string;
  codigoModulo: string;
  /** The night that it was sent for. */
  noche: string;
  porcentaje: number;
  accepted: boolean;
  obs: string;
  /** Everything that it says, but for the night: two records that say the same have the same text. */
  says: string;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The real Gestor in this process, reached without a network: one for many seeds, each with providers of its own. */
export interface Sence {
  /** Its clock from now on. */
  attach(time: VirtualTime): void;
  enrol(registro: RegistryFile): Promise<void>;
  call(request: {
    method: 'GET' | 'POST';
    path: string;
    headers: Record<string, string>;
    body?: Uint8Array;
  }): Promise<HttpAnswer>;
  /** What its store holds of a provider, in the order of arrival: never by way of the API. */
  records(rutOtec: string): Promise<StoredRecord[]>;
  /** Takes everything that a provider has sent out of the store, so that a seed finds it as if it were the first. */
  forget(rutOtec: string): Promise<void>;
  close(): Promise<void>;
}

export async function startSence(): Promise<Sence> {
  const folder = mkdtempSync(join(tmpdir(), 'puente-sence-'));
  let time: VirtualTime | null = null;
  const clock = () => time?.date() ?? new Date(0);
  const inside: { app: Parameters<NonNullable<Parameters<typeof startGestor>[1]>>[0]; store: Store }[] = [];
  const gestor = await startGestor(
    {
      datos: folder,
      clock,
      horaPublicacion: null,
      // Its clock stands still between two events: calls of hours would count as one second's.
      limits: { porOtec: 1_000_000, porDireccion: 1_000_000 },
    },
    (app, { store }) => inside.push({ app, store }),
  );
  const [parts] = inside;
  if (parts === undefined) throw new Error('The Gestor did not start');
  const { app, store } = parts;
  return {
    attach: (next) => {
      time = next;
    },
    enrol: async (registro) => {
      await importRegistry(store, readRegistry(registro), { now: clock() });
    },
    call: async ({ method, path, headers, body }) => {
      const payload = body === undefined ? {} : { payload: Buffer.from(body) };
      const answer = await app.inject({
        method,
        url: path,
        headers: { ...headers, 'accept-encoding': 'identity' },
        ...payload,
      });
      const told = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
      return { status: answer.statusCode, headers: Object.fromEntries(told), body: answer.payload };
    },
    records: (rutOtec) => recordsOf(store, rutOtec),
    forget: (rutOtec) => forget(store, rutOtec),
    close: async () => {
      await gestor.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function recordsOf({ db }: Store, rutOtec: string): Promise<StoredRecord[]> {
  const rows = await db
    .selectFrom('registro')
    .innerJoin('proceso', 'proceso.id', 'registro.procesoId')
    .selectAll('registro')
    .select(['codigoEnvio', 'recibidoEn', 'codigoOferta', 'codigoGrupo'])
    .where('rutOtec', '=', Number(rutOtec.split('-')[0]))
    .orderBy('procesoId')
    .orderBy('n')
    .execute();
  return rows.map((row) => {
    const {
      procesoId,
      n: _,
      codigoEnvio,
      recibidoEn,
      estado_registro,
      obs_registro,
      fecha_ejecucion,
      ...says
    } = row;
    return {
      ...{ idProceso: procesoId, codigoEnvio, recibidoEn },
      ...{ codigoOferta: String(row.codigoOferta), codigoGrupo: String(row.codigoGrupo) },
      rut: `${row.rut_alumno}-${row.dv_alumno}`,
      codigoModulo: String(row.mod_cod),
      noche: (fecha_ejecucion ?? '').slice(0, 10),
      porcentaje: Number(row.mod_porcentaje_avance),
      accepted: estado_registro === 1,
      obs: obs_registro,
      says: JSON.stringify(says),
    };
  });
}

async function forget({ db }: Store, rutOtec: string): Promise<void> {
  const rut = Number(rutOtec.split('-')[0]);
  const procesos = db.selectFrom('proceso').select('id').where('rutOtec', '=', rut);
  const cursos = db.selectFrom('curso').select('id').where('rutOtec', '=', rut);
  await db.deleteFrom('registro').where('procesoId', 'in', procesos).execute();
  await db.deleteFrom('avance').where('cursoId', 'in', cursos).execute();
  await db.deleteFrom('proceso').where('rutOtec', '=', rut).execute();
}
