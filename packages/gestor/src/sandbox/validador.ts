import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { html } from '../pages/html.ts';
import { type Page, sendPage } from '../pages/layout.ts';

/** Built from packages/gestor/browser; the same file as seen from src/ and from dist/. */
const SCRIPT = fileURLToPath(new URL('../../dist/browser/validador.js', import.meta.url));

/** The validator's page and its script: validateEnvio itself runs in the browser, and nothing pasted leaves it. */
export function validador(app: FastifyInstance, nav: NonNullable<Page['nav']>): void {
  const script = readFileSync(SCRIPT, 'utf8');
  app.get('/validador', (_request, reply) => sendPage(reply, page(nav)));
  app.get('/validador/validador.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(script),
  );
}

function page(nav: NonNullable<Page['nav']>): Page {
  return {
    title: 'Validador',
    nav,
    scripts: ['/validador/validador.js'],
    main: html`
<p>Pegue aquí el cuerpo de un envío (el JSON de <code>enviarAvance</code>). Se revisa en su navegador: nada de lo que
pegue sale de él, tampoco el token ni los RUT.</p>
<label for="cuerpo">Cuerpo del envío</label>
<textarea id="cuerpo" rows="16" cols="100" spellcheck="false" autocomplete="off"></textarea>
<p><button id="revisar" type="button">Revisar</button></p>
<section id="resultado" tabindex="-1" aria-live="polite" aria-label="Resultado"></section>`,
  };
}
