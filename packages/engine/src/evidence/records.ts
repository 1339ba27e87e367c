import { matchProcess } from '@puente-sic/client';
import { type Curso, type RecordResult, readAnswer, readHistory } from '@puente-sic/protocol';
import { answerOf, bodyOf, type EnvioRow } from '../ledger/envios.ts';

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

/** What an envío said and what SENCE answered, read again from what is kept verbatim. */
export function recordsOfEnvio(row: EnvioRow, enviado: string): EvidenceRecord[] {
  const curso = bodyOf(row);
  if (curso === null) return [];
  const { noche, codigoEnvio, idProceso } = row;
  const fates = new Map(fatesOf(row, curso).map((record) => [record.path, record]));
  return curso.listaAlumnos.flatMap(({ rutAlumno, dvAlumno, listaModulos }, at) =>
    listaModulos.map((modulo, index): EvidenceRecord => {
      const result = fates.get(`listaAlumnos[${at}].listaModulos[${index}]`);
      const { codigoModulo, porcentajeAvance, tiempoConectividad, estado = 1 } = modulo;
      return {
        ...{ noche, enviado, codigoEnvio, idProceso, rut: `${rutAlumno}-${dvAlumno}` },
        ...{ codigoModulo, porcentajeAvance, tiempoConectividad, estado },
        resultado: RESULTS[result?.fate ?? 'unknown'],
        motivo: (result?.reasons ?? [])
          .map(({ code, message }) => [code, message].filter(Boolean).join(' '))
          .join('; '),
      };
    }),
  );
}

function fatesOf(row: EnvioRow, curso: Curso): RecordResult[] {
  const raw = answerOf(row);
  if (raw === null || row.estado === 'no-enviado') return [];
  if (row.via === 'respuesta') {
    const answer = readAnswer(raw, curso);
    return answer.kind === 'processed' ? answer.records : [];
  }
  const history = readHistory(raw);
  const processes = history.kind === 'processes' ? history.processes : [];
  const own = processes.find(({ id_proceso_externo }) => id_proceso_externo === String(row.idProceso));
  return own ? matchProcess(curso, own).records : [];
}

const RESULTS = { accepted: 'aceptado', rejected: 'rechazado', unknown: 'sin respuesta' } as const;
