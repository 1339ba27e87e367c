import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '@puente-sic/app';
import { METRICS_TYPE, writeUnusable } from '../metrics.ts';
import { isLocal } from './origin.ts';
import { fallaOf } from './refusal.ts';

/**
 * What everybody gets while nothing can be used: 503, so that monitors and balancers see it. Only whoever sits
 * at this computer reads why; names of people are in neither.
 */
export function answerNotice(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  const told = isLocal(request) ? problem : ELSEWHERE;
  const path = request.url?.split('?', 1)[0] ?? '/';
  // A scrape that is answered otherwise counts as a service that is not there.
  if (path === '/metrics') return void response.setHeader('content-type', METRICS_TYPE).end(writeUnusable());
  response.statusCode = 503;
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  if (path === '/salud') sendJson(response, unusableSalud(request, problem));
  else if (path.startsWith('/api/')) {
    sendJson(response, fallaOf('sin-registro', told.mensaje, told.queHacer));
  } else response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(told));
}

/** What `GET /salud` says of it: why, only to whoever sits at this computer. */
export function unusableSalud(request: Parameters<typeof isLocal>[0], problem: Problem) {
  return { estado: 'mal', pendientes: [isLocal(request) ? problem : ELSEWHERE], proveedores: [] };
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(value));
}

function pageOf({ mensaje, queHacer }: Problem): string {
  return `<!doctype html>
<html lang="es">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RETRY_SECONDS}">
<title>puente no puede trabajar ahora</title>
<style>${STYLE}</style>
<main>
<h1>puente no puede trabajar ahora</h1>
<p>${escaped(mensaje)}</p>
<h2>Qué hacer</h2>
<p>${escaped(queHacer)}</p>
<p>Mientras tanto no se envía nada a SENCE. Esta página se actualiza sola cada minuto; apenas se pueda, puente sigue sin reiniciarlo.</p>
</main>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const RETRY_SECONDS = 60;
const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;color:#1d2433;background:#f5f6f8}main{max-width:42rem;margin:10vh auto;padding:0 1.5rem;overflow-wrap:anywhere}h1{font-size:1.5rem}h2{font-size:1.1rem}p{white-space:pre-line}';
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'retry-after': String(RETRY_SECONDS),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const ELSEWHERE: Problem = {
  mensaje: 'El panel de puente no está disponible en este momento.',
  queHacer: 'Avise a quien administra puente: en el mismo computador, el panel dice por qué.',
};
