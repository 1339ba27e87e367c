import type { RegistroRow } from '../ledger/registros.ts';

/** One student × module of one envío, with what became of it. */
export interface EvidenceRecord {
  noche: string;
  /** Santiago's clock. */
  enviado: string;
  codigoEnvio: string;
  idProceso: number | null;
  rut: string;
  codigoModulo: string;
  porcentajeAvance: number;
  tiempoConectividad: number;
  estado: number;
  resultado: 'aceptado' | 'rechazado' | 'sin respuesta';
  motivo: string;
}

/** What an envío said of a student × module and what SENCE answered. */
export function evidenceOf(
  row: RegistroRow,
  { idProceso, enviado }: Pick<EvidenceRecord, 'idProceso' | 'enviado'>,
): EvidenceRecord {
  const { noche, codigoEnvio, rut, codigoModulo, porcentajeAvance, tiempoConectividad, estado } = row;
  return {
    ...{ noche, enviado, codigoEnvio, idProceso, rut, codigoModulo },
    ...{ porcentajeAvance, tiempoConectividad, estado },
    resultado:
      row.resultado === 'aceptado' || row.resultado === 'rechazado' ? row.resultado : 'sin respuesta',
    motivo: row.motivo ?? '',
  };
}
