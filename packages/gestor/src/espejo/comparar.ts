import { type Position, type RecordResult, readAnswer } from '@puente-sic/protocol';
import type { JsonObject } from '../judge/values.ts';

/** What two Gestores said of one student × module. */
export interface Comparado {
  position: Position;
  codigoModulo: string;
  /** `aceptado`, the codes it was refused with (`012`, `021 + 024`), or `no se sabe`. */
  nuestro: string;
  suyo: string;
  /** The words of whoever refused it. */
  mensaje: string;
  /** Null: their answer does not say. */
  aceptadoAlla: boolean | null;
}

/** What the other Gestor said of the whole call. */
export type Lectura = { kind: 'processed'; registros: RecordResult[] } | { kind: 'refused' | 'unreadable' };

/** Reads the answer of either Gestor to a body. */
export function lecturaOf(respuesta: string, cuerpo: JsonObject): Lectura {
  const answer = readAnswer(respuesta, cuerpo);
  return answer.kind === 'processed'
    ? { kind: 'processed', registros: answer.records }
    : { kind: answer.kind };
}

/** Both answers to one body, record by record. */
export function compararRegistros(nuestros: RecordResult[], suyos: RecordResult[]): Comparado[] {
  return suyos.map((suyo, index) => {
    const nuestro = nuestros[index];
    const [why] = [...suyo.reasons, ...(nuestro?.reasons ?? [])];
    return {
      position: suyo.position,
      codigoModulo: suyo.codigoModulo,
      nuestro: nuestro ? wordOf(nuestro) : UNSAID,
      suyo: wordOf(suyo),
      mensaje: why?.message ?? '',
      aceptadoAlla: suyo.fate === 'unknown' ? null : suyo.fate === 'accepted',
    };
  });
}

function wordOf({ fate, reasons }: RecordResult): string {
  if (fate === 'accepted') return 'aceptado';
  if (fate === 'unknown') return UNSAID;
  const codes = reasons.map(({ code, rawCode }) => code ?? rawCode ?? 'sin código');
  return [...new Set(codes)].sort().join(' + ');
}

const UNSAID = 'no se sabe';
