import { GestorClient, type HttpRequest, type Transport } from '@puente-sic/client';
import { AcceptedFold } from '../../packages/engine/src/history/accepted.ts';
import { type Bench, median, printTable, thousands } from '../bench.ts';

const PER_PROCESS = 200;
/** Distinct processes; longer histories repeat them, so that making the text costs nothing. */
const POOL = 100;
const CHUNK_BYTES = 64 * 1024;

export const clientBench: Bench = {
  name: 'client',
  about: 'a whole history, read as it arrives and folded to what SENCE has: CPU of JSON.parse, and memory',
  async run() {
    const pool = Array.from({ length: POOL }, (_, id) => processText(id));
    await read(pool, 20_000);
    const rows = [['records', 'MiB', 'read and folded, s', 'JSON.parse alone, s', 'ratio', 'peak heap, MiB']];
    const ratios: number[] = [];
    for (const records of [100_000, 100_000, 100_000, 1_000_000]) {
      const parse = parseAlone(pool, records);
      const { cpu, bytes, heap } = await read(pool, records);
      ratios.push(cpu / parse);
      const figures = [cpu, parse, cpu / parse].map((figure) => figure.toFixed(2));
      rows.push([thousands(records), mib(bytes), ...figures, mib(heap)]);
    }
    printTable(rows);
    console.log(`  median ratio ${median(ratios).toFixed(2)} (aim: at most 4)`);
  },
};

async function read(
  pool: readonly string[],
  records: number,
): Promise<{ cpu: number; bytes: number; heap: number }> {
  const fold = new AcceptedFold('76543210-3', { of: () => () => null }, new Date());
  const buffers = pool.map((text) => Buffer.from(`,${text}`));
  let bytes = 0;
  let heap = 0;
  const transport: Transport = async ({ onData }: HttpRequest) => {
    const head = { status: 200, headers: {} };
    const give = (chunk: Buffer) => onData?.(chunk, head);
    for (let id = 0; id * PER_PROCESS < records; id += 1) {
      const body = buffers[id % POOL] as Buffer;
      if (id === 0) give(Buffer.from('['));
      for (let at = id === 0 ? 1 : 0; at < body.length; at += CHUNK_BYTES)
        give(body.subarray(at, at + CHUNK_BYTES));
      bytes += body.length;
      heap = Math.max(heap, process.memoryUsage().heapUsed);
    }
    give(Buffer.from(']'));
    return { kind: 'reply', ...head, body: Buffer.alloc(0), durationMs: 0 };
  };
  const credenciales = { rutOtec: '76543210-3', token: 'B7D3A9C1-5E42-4F60-8A17-93C5D1E8F204' };
  const begun = process.cpuUsage();
  await new GestorClient({ credenciales, transport }).historyStream({}, (proceso) => fold.show(proceso));
  const cpu = seconds(process.cpuUsage(begun));
  if (fold.aceptados.length !== Math.min(records, POOL * PER_PROCESS)) throw new Error('The fold is wrong');
  return { cpu, bytes, heap };
}

/** The floor: JSON.parse of the same text, process by process as it fits into memory. */
function parseAlone(pool: readonly string[], records: number): number {
  const begun = process.cpuUsage();
  for (let id = 0; id * PER_PROCESS < records; id += 1) JSON.parse(pool[id % POOL] as string);
  return seconds(process.cpuUsage(begun));
}

function processText(id: number): string {
  const listaregistros = Array.from({ length: PER_PROCESS }, (_, at) => ({
    ...REGISTRO,
    id_registro: String(id * PER_PROCESS + at),
    rut_alumno: String(12_000_000 + id * 20 + Math.floor(at / 10)),
    mod_cod: `C51737-O14-M${at % 10}`,
    mod_porcentaje_avance: `${id}.00000`,
    id_proceso_externo: String(id),
  }));
  return JSON.stringify({ ...PROCESO, id_proceso_externo: String(id), listaregistros });
}

const PROCESO = {
  ...{ id_lms: '0', codigo_externo: 'P-20261122-7KQ4M2XW9TBD', fecha: '2026-11-22 22:10:00', horario: null },
  observaciones: 'El proceso ha finalizado correctamente, para ver el detalle consulte el servicio',
  ...{ observaciones_sic: null, status_code: '0', estado: '2', rut_otec: '76543210' },
};
const REGISTRO = {
  ...{ rut_otec: '76543210', dv_otec: '3', oferta_cod: 'DEMO-26-01-13-0001', seccion_cod: 'DEMO-A' },
  ...{ dv_alumno: '5', tiempo_conectividad: '36000', estado: '1', porcentaje_avance: '50.00000' },
  ...{ fecha_inicio: '2026-08-01 00:00:00', fecha_fin: '2026-12-31 00:00:00' },
  ...{ fecha_ejecucion: '2026-11-22 00:00:00', mod_tiempo_conectividad: '3600', mod_estado: '1' },
  ...{ mod_fecha_inicio: '2026-08-01 00:00:00', mod_fecha_fin: '2026-12-31 00:00:00' },
  ...{ mod_obligatorio: null, mod_nota: null, act_cod: null, act_estado: null },
  ...{ estado_registro: '1', obs_registro: null },
};

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
