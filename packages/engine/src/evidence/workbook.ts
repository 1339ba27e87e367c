import writeExcelFile, { type Cell } from 'write-excel-file/node';
import type { EvidenceRecord } from './records.ts';

/** The per-student history as an Excel file: one row per envío × student × module. */
export async function workbook(records: readonly EvidenceRecord[]): Promise<Uint8Array> {
  const header = COLUMNS.map(([value]): Cell => ({ value, fontWeight: 'bold' }));
  const rows = records.map((record) => COLUMNS.map(([, field]): Cell => cellOf(record[field])));
  const columns = COLUMNS.map(([, , width]) => ({ width }));
  return writeExcelFile([header, ...rows], { sheet: 'Historial', columns, stickyRowsCount: 1 }).toBuffer();
}

function cellOf(value: string | number | null): Cell {
  if (value === null) return null;
  // Text stays text: a RUT or a reason never becomes a formula.
  return typeof value === 'number' ? { value, type: Number } : { value, type: String };
}

export const COLUMNS = [
  ['RUT', 'rut', 14],
  ['Módulo', 'codigoModulo', 26],
  ['Noche informada', 'noche', 16],
  ['Enviado (hora de Santiago)', 'enviado', 24],
  ['Avance (%)', 'porcentajeAvance', 12],
  ['Conexión (segundos)', 'tiempoConectividad', 20],
  ['Estado', 'estado', 8],
  ['Resultado', 'resultado', 14],
  ['Motivo', 'motivo', 50],
  ['Proceso de SENCE', 'idProceso', 18],
  ['Código del envío', 'codigoEnvio', 28],
] as const satisfies readonly (readonly [string, keyof EvidenceRecord, number])[];
