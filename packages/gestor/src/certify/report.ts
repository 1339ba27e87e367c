import type { Llamada } from './call.ts';
import { OTEC_KIT, type Resultado } from './scenarios.ts';

/** The state of every scenario as JSON, for programs and for the signed report. */
export interface Informe {
  generado: string;
  otec: string;
  cumplidos: number;
  fallados: number;
  pendientes: number;
  /** Every scenario is fulfilled. */
  certificado: boolean;
  escenarios: {
    id: string;
    nombre: string;
    estado: Resultado['estado'];
    espera: string;
    visto: string;
    llamadas: number[];
  }[];
}

/** `ahora` by the kit's clock. */
export function writeInforme(resultados: readonly Resultado[], ahora: Date): Informe {
  const count = (estado: Resultado['estado']) => resultados.filter((r) => r.estado === estado).length;
  return {
    generado: ahora.toISOString(),
    otec: OTEC_KIT.rut,
    cumplidos: count('cumplido'),
    fallados: count('fallado'),
    pendientes: count('pendiente'),
    certificado: count('cumplido') === resultados.length,
    escenarios: resultados.map(({ escenario: { id, nombre, espera }, estado, visto, llamadas }) => ({
      id,
      nombre,
      estado,
      espera,
      visto,
      llamadas: llamadas.map(({ n }) => n),
    })),
  };
}

/** One call as a vendor reads it: what came, without the token, and what went out. */
export function describeCall(llamada: Llamada): string {
  const { n, recibida, endpoint, token, cuerpo, consulta, falla, respuesta, rendida } = llamada;
  const sent = cuerpo ?? consulta;
  const lines = [
    `Llamada ${n} · ${recibida} · ${endpoint} · token ${token}`,
    JSON.stringify(sent, null, 1).slice(0, 1500),
    falla ? `Falla hecha por el kit: ${falla}` : null,
    respuesta ? `Respuesta ${respuesta.status}: ${respuesta.texto.slice(0, 800)}` : null,
    rendida ? 'El programa cerró la conexión antes de la respuesta.' : null,
  ];
  return lines.filter((line) => line !== null).join('\n');
}
