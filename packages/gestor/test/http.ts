import type { Gestor } from '../src/index.ts';
import { RUT_OTEC, TOKEN } from './data.ts';

export interface HttpAnswer {
  status: number;
  text: string;
}

/** Sends a body to enviarAvance: as it is when it is text, as JSON otherwise. */
export async function post(gestor: Gestor, body: unknown, signal?: AbortSignal): Promise<HttpAnswer> {
  const response = await fetch(`${gestor.url}/avance-sic/enviarAvance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(signal && { signal }),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

/** Sends a body that must be answered 200 by JSON; that JSON. */
export async function send(gestor: Gestor, body: unknown): Promise<Answer> {
  const { status, text } = await post(gestor, body);
  if (status !== 200) throw new Error(`enviarAvance answered ${status}: ${text}`);
  return JSON.parse(text);
}

/** The answer of enviarAvance as its official examples have it. */
export interface Answer {
  id_proceso: number;
  envio?: unknown[];
  errores?: unknown[];
  datosEnviados?: unknown[];
  datosError?: { alumno: unknown; codigo: string | null; mensaje: string; codigoModulo?: string | null }[];
  respuesta_SIC: string;
}

export interface HistoryProcess {
  id_proceso_externo: string;
  codigo_externo: string | null;
  fecha: string;
  observaciones: string;
  rut_otec: string;
  listaregistros: Record<string, string | null>[];
}

export async function getHistory(gestor: Gestor, query: Record<string, string> = {}): Promise<HttpAnswer> {
  const search = new URLSearchParams({ rutOtec: RUT_OTEC, idSistema: '1350', token: TOKEN, ...query });
  const response = await fetch(`${gestor.url}/avance-sic/historialEnvios?${search}`);
  return { status: response.status, text: await response.text() };
}

export async function history(gestor: Gestor, query: Record<string, string> = {}): Promise<HistoryProcess[]> {
  const { status, text } = await getHistory(gestor, query);
  if (status !== 200) throw new Error(`historialEnvios answered ${status}: ${text}`);
  return JSON.parse(text);
}
