import { santiagoDateTime } from '@puente-sic/protocol';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/layout.ts';
import type { LlamadaDiario } from './diario.ts';
import { SANDBOX_NAV } from './pagina.ts';

/** Rows of the page; the whole journal is JSON. */
const SHOWN = 50;

/** The last calls, newest first; it loads itself anew while it is live. */
export function callsPage(llamadas: readonly LlamadaDiario[], isLive: boolean): Page {
  const last = llamadas.slice(-SHOWN).reverse();
  return {
    title: 'Últimas llamadas',
    mark: 'sandbox',
    nav: SANDBOX_NAV,
    main: html`
<p>${
      isLive
        ? html`Se actualiza sola cada 3 segundos. <a href="/sandbox/llamadas?pausa">Pausar</a>`
        : html`En pausa. <a href="/sandbox/llamadas">Seguir en vivo</a>`
    } · <a href="/sandbox/diario">Todo, en JSON</a></p>
${last.length === 0 ? html`<p>Todavía no llega ninguna llamada.</p>` : table(last)}`,
  };
}

function table(llamadas: readonly LlamadaDiario[]) {
  const heads = [
    'N.º',
    'Hora en Santiago',
    'Llamada',
    'OTEC',
    'Curso',
    'Alumnos',
    'Falla',
    'Respuesta',
    'ms',
  ];
  return html`<div class="tabla" tabindex="0" role="region" aria-label="Últimas llamadas"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${llamadas.map(row)}</tbody></table></div>`;
}

function row(llamada: LlamadaDiario) {
  const { n, recibida, endpoint, rutOtec, codigoOferta, codigoEnvio, alumnos } = llamada;
  const course = [codigoOferta, codigoEnvio].filter((text) => text !== null).join(' · ');
  return html`<tr><td>${n}</td><td>${santiagoDateTime(new Date(recibida))}</td><td>${endpoint}</td><td>${rutOtec}</td>
<td>${course}</td><td>${alumnos}</td><td>${llamada.falla}</td><td>${llamada.status ?? 'sin respuesta'}</td><td>${llamada.milisegundos}</td></tr>
`;
}
