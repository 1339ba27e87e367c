import { GestorClient, type HttpRequest, type Transport } from '@puente-sic/client';
import { AcceptedFold } from '../../packages/engine/src/history/accepted.ts';
import { type Bench, median, printTable, thousands } from '../bench.ts';

/** As many as a provider of the size of the GCA reports in a year. */
const RECORDS = 400_000;
const BIG = 1_000_000;
const PER_PROCESS = 200;
const CHUNK_BYTES = 64 * 1024;

export const clientBench: Bench = {
  name: 'client',
  about:
    'reading a whole history as it arrives and folding it to what SENCE has: CPU against JSON.parse, and memory',
  async run() {
    await read(20_000);
    const ratios: number[] = [];
    const rows = [
      [
        'records',
        'MiB',
        'read + fold, s CPU',
        'JSON.parse alone, s CPU',
        'ratio',
        'peak heap over start, MiB',
      ],
    ];
    for (const records of [RECORDS, RECORDS, RECORDS]) {
      const parse = parseAlone(records);
      const { cpu, bytes, heap } = await read(records);
      ratios.push(cpu / parse);
      rows.push([
        thousands(records),
        mib(bytes),
        cpu.toFixed(2),
        parse.toFixed(2),
        (cpu / parse).toFixed(2),
        mib(heap),
      ]);
    }
    const { cpu, bytes, heap } = await read(BIG);
    rows.push([thousands(BIG), mib(bytes), cpu.toFixed(2), '', '', mib(heap)]);
    printTable(rows);
    console.log(`  median ratio ${median(ratios).toFixed(2)} (aim: at most 4)`);
  },
};

/** What SENCE has of 2,000 students in 10 modules; each process reports 20 of the students again. */
async function read(records: number): Promise<{ cpu: number; bytes: number; heap: number }> {
  const known = { of: () => () => null };
  const fold = new AcceptedFold('76543210-3', known, new Date());
  let bytes = 0;
  let outside = 0;
  let heap = 0;
  const transport: Transport = async ({ onData }: HttpRequest) => {
    const head = { status: 200, headers: {} };
    // What makes the text is not what is measured.
    for (const text of historyText(records)) {
      const made = process.cpuUsage();
      const chunk = Buffer.from(text);
      bytes += chunk.length;
      outside += seconds(process.cpuUsage(made));
      for (let at = 0; at < chunk.length; at += CHUNK_BYTES)
        onData?.(chunk.subarray(at, at + CHUNK_BYTES), head);
      heap = Math.max(heap, process.memoryUsage().heapUsed);
    }
    return { kind: 'reply', ...head, body: Buffer.alloc(0), durationMs: 0 };
  };
  const credenciales = { rutOtec: '76543210-3', token: '0F2B6C1A-7D34-4E8B-9A55-C3D2E1F0A9B8' };
  const client = new GestorClient({ credenciales, transport });
  globalThis.gc?.();
  const start = process.memoryUsage().heapUsed;
  const begun = process.cpuUsage();
  const generation = generationCost(records);
  const before = process.cpuUsage(begun);
  await client.historyStream({}, (proceso) => fold.show(proceso));
  const cpu = seconds(process.cpuUsage(begun)) - seconds(before) - outside - generation;
  if (fold.aceptados.length !== Math.min(records, 20_000)) throw new Error('The fold is wrong');
  return { cpu, bytes, heap: heap - start };
}

function generationCost(records: number): number {
  const begun = process.cpuUsage();
  for (const text of historyText(records)) if (text.length === 0) throw new Error('no text');
  return seconds(process.cpuUsage(begun));
}

/** JSON.parse of the same text, process by process as it must fit into memory: the floor. */
function parseAlone(records: number): number {
  let cpu = 0;
  for (const text of historyText(records)) {
    const body = text.replace(/^[[,]/, '').replace(/\]$/, '');
    const begun = process.cpuUsage();
    if (body !== '') JSON.parse(body);
    cpu += seconds(process.cpuUsage(begun));
  }
  return cpu;
}

function* historyText(records: number): Generator<string> {
  for (let id = 0; id * PER_PROCESS < records; id += 1) {
    const listaregistros = Array.from({ length: PER_PROCESS }, (_, at) =>
      registro(id * PER_PROCESS + at, id),
    );
    yield `${id === 0 ? '[' : ','}${JSON.stringify({ ...PROCESO, id_proceso_externo: String(id), listaregistros })}`;
  }
  yield ']';
}

function registro(index: number, id: number) {
  return {
    ...REGISTRO,
    id_registro: String(index),
    rut_alumno: String(12_000_000 + (Math.floor(index / 10) % 2000)),
    mod_cod: `C51737-O14-M${index % 10}`,
    seccion_cod: `C51737-O14-M${index % 10}`,
    mod_porcentaje_avance: `${id % 100}.00000`,
    id_proceso_externo: String(id),
  };
}

const PROCESO = {
  ...{ id_lms: '0', codigo_externo: 'P-20261122-7KQ4M2XW9TBD', fecha: '2026-11-22 22:10:00', horario: null },
  observaciones:
    'El proceso ha finalizado correctamente, para ver la cantidad de registros y detalle consulte el servicio',
  ...{ observaciones_sic: null, status_code: '0', estado: '2', rut_otec: '76543210' },
};
const REGISTRO = {
  ...{ rut_otec: '76543210', dv_otec: '3', oferta_cod: 'DEMO-26-01-13-0001', dv_alumno: '5' },
  ...{ tiempo_conectividad: '36000', estado: '1', porcentaje_avance: '50.00000' },
  ...{
    fecha_inicio: '2026-08-01 00:00:00',
    fecha_fin: '2026-12-31 00:00:00',
    fecha_ejecucion: '2026-11-22 00:00:00',
  },
  ...{ mod_tiempo_conectividad: '3600', mod_estado: '1', mod_fecha_inicio: '2026-08-01 00:00:00' },
  ...{
    mod_fecha_fin: '2026-12-31 00:00:00',
    mod_obligatorio: null,
    mod_nota: null,
    act_cod: null,
    act_estado: null,
  },
  ...{ estado_registro: '1', obs_registro: null },
};

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
