import type { FastifyInstance, FastifyReply } from 'fastify';
import { ESTILO } from './estilo.ts';
import { type HtmlValue, html } from './html.ts';

export interface Page {
  title: string;
  /** Links of the head, in order. */
  nav?: readonly { href: string; text: string }[];
  /** Shown beside the name of the service, for what the real one does not have. */
  mark?: string;
  main: HtmlValue;
  /** Script files of our own that the page loads. */
  scripts?: readonly string[];
}

/** Serves the style sheet that every page asks for. */
export function serveEstilo(app: FastifyInstance): void {
  app.get('/estilo.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(ESTILO),
  );
}

/** Sends a page: no inline script or style, nothing from another host. */
export function sendPage(reply: FastifyReply, page: Page, status = 200): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('referrer-policy', 'same-origin')
    .header(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    .send(writePage(page));
}

function writePage({ title, nav = [], mark, main, scripts = [] }: Page): string {
  const links = nav.map(({ href, text }) => html`<a href="${href}">${text}</a>`);
  const tags = scripts.map((src) => html`<script type="module" src="${src}"></script>`);
  return html`<!doctype html>
<html lang="es-CL">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Gestor Intermedio</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/estilo.css">
${tags}
</head>
<body>
<a class="saltar" href="#contenido">Saltar al contenido</a>
<header><div><strong>Gestor Intermedio${mark ? ` · ${mark}` : ''}</strong>${
    links.length > 0 ? html`<nav aria-label="Secciones">${links}</nav>` : null
  }</div></header>
<main id="contenido">
<h1>${title}</h1>
${main}
</main>
<footer>puente-sic: software libre. No es un servicio oficial de SENCE.</footer>
</body>
</html>
`.text;
}
