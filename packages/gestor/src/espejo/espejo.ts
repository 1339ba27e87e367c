import { positionPath } from '@puente-sic/protocol';
import { registeredOtec } from '../auth/credentials.ts';
import { Refusal } from '../http/refusal.ts';
import { condicionesAt, type Juzgado, judgeCall, readLlamada } from '../judge/call.ts';
import type { Store } from '../store/store.ts';
import { type Supuestos, supuestosWith } from '../supuestos.ts';
import { type Comparado, compararRegistros, type Lectura, lecturaOf } from './comparar.ts';
import { seguir } from './seguir.ts';
import { type Copiada, LineaIlegible, readCopiada } from './trafico.ts';

/** Records of which two Gestores said the same two things. */
export interface Desacuerdo {
  /** `aceptado`, codes, or `no se sabe`. */
  nuestro: string;
  suyo: string;
  registros: number;
  /** The first few; nobody's name or RUT. */
  ejemplos: { linea: number; donde: string; codigoModulo: string; mensaje: string }[];
}

export interface InformeEspejo {
  /** Calls of which both answers were compared. */
  llamadas: number;
  /** Student × module records of those calls. */
  registros: number;
  /** Of them, those of which both said the same. */
  iguales: number;
  /** Most frequent first. */
  desacuerdos: Desacuerdo[];
  /** Lines that were not compared, and why; the first few of each. */
  sinComparar: { motivo: string; lineas: number; primeras: number[] }[];
}

/**
 * Judges a copy of another Gestor's traffic, in its order, and says where the verdicts differ. What the other one
 * accepted counts as the last accepted value from then on, so that one disagreement is not followed by false ones of 025.
 * Credentials are not judged: the copy should hold no tokens, and the other Gestor has checked them.
 * @param store with the registry, and where they are known the last accepted values; what is accepted is written into it.
 */
export async function espejo(
  store: Store,
  lines: AsyncIterable<string>,
  supuestos: Partial<Supuestos> = {},
): Promise<InformeEspejo> {
  const all = supuestosWith(supuestos);
  const found = new Map<string, Desacuerdo>();
  const skipped = new Map<string, number[]>();
  const informe = { llamadas: 0, registros: 0, iguales: 0 };
  let linea = 0;
  for await (const line of lines) {
    linea += 1;
    if (line.trim() === '') continue;
    const compared = await compararLinea(line, store, all);
    if (typeof compared === 'string') {
      skipped.set(compared, [...(skipped.get(compared) ?? []), linea]);
      continue;
    }
    informe.llamadas += 1;
    informe.registros += compared.length;
    for (const one of compared) {
      if (one.nuestro === one.suyo) informe.iguales += 1;
      else note(found, one, linea);
    }
  }
  return {
    ...informe,
    desacuerdos: [...found.values()].sort((a, b) => b.registros - a.registros),
    sinComparar: [...skipped].map(([motivo, lineas]) => ({
      ...{ motivo, lineas: lineas.length, primeras: lineas.slice(0, EXAMPLES) },
    })),
  };
}

/** What both said of each record of a line, or why it cannot be compared. */
async function compararLinea(
  line: string,
  store: Store,
  supuestos: Supuestos,
): Promise<Comparado[] | string> {
  try {
    const copiada = readCopiada(line);
    const suya = lecturaOf(copiada.respuesta, copiada.cuerpo);
    if (suya.kind !== 'processed') return UNCOMPARED[suya.kind];
    const veredicto = await judge(copiada, suya, store, supuestos);
    if (veredicto === null) return 'la OTEC no está en el registro';
    const nuestra = lecturaOf(veredicto.respuesta(0).join(''), copiada.cuerpo);
    if (nuestra.kind !== 'processed') throw new Error('our own answer cannot be read');
    return compararRegistros(nuestra.registros, suya.registros);
  } catch (error) {
    if (error instanceof LineaIlegible || error instanceof Refusal) return error.message;
    throw error;
  }
}

async function judge(
  { cuando, cuerpo }: Copiada,
  suya: Extract<Lectura, { kind: 'processed' }>,
  store: Store,
  supuestos: Supuestos,
): Promise<Juzgado | null> {
  const otec = await registeredOtec(store.db, cuerpo);
  if (otec === null) return null;
  const condiciones = condicionesAt(cuando, supuestos);
  const llamada = readLlamada(cuerpo, otec.rut, { recibidoEn: cuando, ...condiciones });
  const { veredicto } = await store.recorder.record(llamada, function* (curso) {
    return seguir(yield* judgeCall(cuerpo, curso, condiciones), suya.registros);
  });
  return veredicto;
}

function note(found: Map<string, Desacuerdo>, one: Comparado, linea: number): void {
  const { nuestro, suyo, position, codigoModulo, mensaje } = one;
  const key = JSON.stringify([nuestro, suyo]);
  const known = found.get(key) ?? { nuestro, suyo, registros: 0, ejemplos: [] };
  known.registros += 1;
  if (known.ejemplos.length < EXAMPLES)
    known.ejemplos.push({ linea, donde: positionPath(position), codigoModulo, mensaje });
  found.set(key, known);
}

const EXAMPLES = 3;
const UNCOMPARED = {
  refused: 'el otro Gestor no aceptó las credenciales: no juzgó nada',
  unreadable: 'la respuesta del otro Gestor no se puede leer',
};
