import { santiagoDateTime } from '@puente-sic/protocol';
import type { Llamada } from './call.ts';
import { judge, type Resultado } from './judge.ts';
import { OTEC_KIT } from './otec.ts';
import { PERFILES, type PerfilId } from './profile.ts';
import type { Linea } from './record-schema.ts';

/** When a report is made, by both clocks. */
export interface Momento {
  /** The computer's clock. */
  real: Date;
  /** The kit's, which can be moved. */
  kit: Date;
}

/** The state of every scenario as JSON, for programs and for the signed report. */
export interface Informe {
  programa: string;
  versionPrograma: string;
  perfil: PerfilId;
  perfilNombre: string;
  versionKit: string;
  /** The computer's clock, ISO 8601 in UTC. */
  generado: string;
  /** The kit's clock then. */
  relojDelKit: string;
  relojMovido: boolean;
  declaracion: string;
  otec: string;
  segundosLenta: number;
  comienzos: number;
  cumplidos: number;
  fallados: number;
  pendientes: number;
  noAplican: number;
  /** Every scenario of the profile is fulfilled. */
  certificado: boolean;
  escenarios: EscenarioInforme[];
  /** How many lines the record has, and the hash of the last. */
  registro: { lineas: number; cadena: string };
}

export interface EscenarioInforme {
  id: string;
  nombre: string;
  estado: Resultado['estado'];
  instruccion: string;
  espera: string;
  mira: string;
  visto: string;
  llamadas: number[];
  /** Every go, in order; the last is what counts. */
  intentos: { estado: string; visto: string }[];
}

export const DECLARACION =
  'Esto es una autodeclaración: el kit lo corrió quien hizo el programa, en su propio equipo y con su propia clave. La firma prueba que nadie cambió el informe después; no prueba quién lo corrió ni que las llamadas las hizo ese programa. Para estar seguro, corra usted mismo el kit contra el programa.';

/** `movido`: the kit's clock is not the computer's. */
export function writeInforme(lineas: readonly Linea[], { real, kit }: Momento): Informe {
  const { programa, resultados, segundosLenta, comienzos, kit: versionKit } = judge(lineas, kit);
  const count = (estado: Resultado['estado']) => resultados.filter((r) => r.estado === estado).length;
  const noAplican = count('no-aplica');
  return {
    programa: programa.nombre,
    versionPrograma: programa.version,
    perfil: programa.perfil,
    perfilNombre: PERFILES[programa.perfil].nombre,
    versionKit,
    generado: real.toISOString(),
    relojDelKit: kit.toISOString(),
    relojMovido: Math.abs(real.getTime() - kit.getTime()) > 1000,
    declaracion: DECLARACION,
    otec: OTEC_KIT.rut,
    segundosLenta,
    comienzos,
    cumplidos: count('cumplido'),
    fallados: count('fallado'),
    pendientes: count('pendiente'),
    noAplican,
    certificado: count('cumplido') + noAplican === resultados.length,
    escenarios: resultados.map(writeEscenario),
    registro: { lineas: lineas.length, cadena: lineas.at(-1)?.hash ?? '' },
  };
}

function writeEscenario({ escenario, estado, visto, llamadas, intentos }: Resultado): EscenarioInforme {
  const { id, nombre, instruccion, espera, mira } = escenario;
  const numbers = llamadas.slice(-50).map(({ n }) => n);
  return {
    ...{ id, nombre, estado, instruccion, espera, mira, visto, llamadas: numbers },
    intentos: intentos.map((intento) => ({ estado: intento.estado, visto: intento.visto })),
  };
}

/** `MiLMS 3.2`, or that nobody has said it. */
export function programName({ programa, versionPrograma }: Informe): string {
  return programa === '' ? 'programa sin nombre' : `${programa} ${versionPrograma}`.trim();
}

/** The one line that tells what a report comes to. */
export function verdictLine(informe: Informe): string {
  const { certificado, fallados, pendientes, perfilNombre, generado } = informe;
  const when = `${santiagoDateTime(new Date(generado)).slice(0, 16)} (hora de Santiago)`;
  const rest = `${programName(informe)} · perfil ${perfilNombre} · ${when} · autodeclaración`;
  return certificado
    ? `CERTIFICADO · ${rest}`
    : `NO CERTIFICADO (${fallados} fallados, ${pendientes} pendientes) · ${rest}`;
}

const ORDINALES = ['primer', 'segundo', 'tercer', 'cuarto', 'quinto', 'sexto', 'séptimo', 'octavo'];

/** `Cumplido al tercer intento`; the first go needs no word. */
export function stateText({ estado, intentos }: Pick<EscenarioInforme, 'estado' | 'intentos'>): string {
  const state = ESTADOS[estado];
  const count = intentos.length;
  if (count < 2 || estado === 'no-aplica' || estado === 'pendiente') return state;
  const ordinal = ORDINALES[count - 1];
  return `${state} ${ordinal ? `al ${ordinal} intento` : `al intento ${count}`}`;
}

const ESTADOS = {
  cumplido: 'Cumplido',
  fallado: 'Fallado',
  pendiente: 'Pendiente',
  'no-aplica': 'No aplica a este perfil',
} as const;

/** One call as a vendor reads it: what came, without the token, and what went out. */
export function describeCall(llamada: Llamada): string {
  const { n, recibida, endpoint, token, cuerpo, consulta, falla, respuesta, rendida } = llamada;
  const lines = [
    `Llamada ${n} · ${recibida} · ${endpoint} · token ${token}`,
    JSON.stringify(cuerpo ?? consulta, null, 1).slice(0, 1500),
    falla ? `Falla hecha por el kit: ${falla}` : null,
    respuesta ? `Respuesta ${respuesta.status}: ${respuesta.texto.slice(0, 800)}` : null,
    rendida ? 'El programa cerró la conexión antes de la respuesta.' : null,
  ];
  return lines.filter((line) => line !== null).join('\n');
}
