import { santiagoDateTime } from '@puente-sic/protocol';
import { type Html, html } from '../pages/html.ts';
import type { Page } from '../pages/layout.ts';
import type { Reloj } from '../sandbox/reloj.ts';
import { describeCall, writeInforme } from './report.ts';
import { OTEC_KIT, type Resultado } from './scenarios.ts';
import type { SignedText } from './sign.ts';

export const KIT_NAV = [
  { href: '/certificacion', text: 'Certificación' },
  { href: '/certificacion/hoja.json', text: 'Hoja de datos (JSON)' },
  { href: '/certificacion/informe.html', text: 'Informe firmado' },
  { href: '/validador', text: 'Validador' },
];

const ESTADOS = {
  cumplido: { clase: 'bien', texto: '✔ Cumplido' },
  fallado: { clase: 'mal', texto: '✘ Fallado' },
  pendiente: { clase: 'espera', texto: '○ Pendiente' },
} as const;

/** The page that a vendor works with: what to do, what was expected, what was seen. */
export function certificationPage(
  resultados: readonly Resultado[],
  { url, reloj, huella }: { url: string; reloj: Reloj; huella: string },
): Page {
  const { cumplidos, fallados, pendientes } = writeInforme(resultados, reloj.now());
  return {
    title: 'Certificación de un programa de envío',
    mark: 'kit de certificación',
    nav: KIT_NAV,
    main: html`
<p class="aviso">Este kit no es de SENCE ni existe en el servicio real. Apunte su programa a esta dirección y trabaje los
escenarios a su ritmo y en cualquier orden: el kit los reconoce por lo que ve llegar.</p>
<dl>
<dt>Dirección base</dt><dd><code>${url}</code></dd>
<dt>RUT de la OTEC</dt><dd><code>${OTEC_KIT.rut}</code></dd>
<dt>Token correcto</dt><dd><code>${OTEC_KIT.token.toLowerCase()}</code></dd>
<dt>Token malo</dt><dd><code>${OTEC_KIT.tokenMalo}</code></dd>
<dt>Reloj del kit</dt><dd>${santiagoDateTime(reloj.now())} en Santiago</dd>
<dt>Huella del kit</dt><dd><code>${huella}</code></dd>
</dl>
<p><strong class="bien">${cumplidos} cumplidos</strong> · <strong class="mal">${fallados} fallados</strong> ·
<strong class="espera">${pendientes} pendientes</strong></p>
<form class="filtro" method="post" action="/certificacion/reloj">
<label>Poner el reloj del kit en (con su zona) <input name="ahora" required placeholder="2026-04-04T21:55:00-03:00" size="28"></label>
<button>Mover el reloj</button></form>
${resultados.map(scenarioSection)}`,
  };
}

function scenarioSection({ escenario, estado, visto, llamadas }: Resultado): Html {
  const { clase, texto } = ESTADOS[estado];
  const calls = escenario.curso ? llamadas.slice(-3) : [];
  return html`<section id="${escenario.id}">
<h2>${escenario.nombre} <span class="${clase}">${texto}</span></h2>
<dl>
<dt>Qué hacer</dt><dd>${escenario.instruccion}</dd>
<dt>Qué se espera</dt><dd>${escenario.espera}</dd>
<dt>Qué se vio</dt><dd>${visto}</dd>
</dl>
${
  calls.length === 0
    ? null
    : html`<details><summary>Últimas llamadas vistas</summary>${calls.map(
        (call) => html`<pre tabindex="0">${describeCall(call)}</pre>`,
      )}</details>`
}
</section>`;
}

/** A file of its own that can be handed on: the report for people, and its signed text for programs. */
export function signedReport(resultados: readonly Resultado[], signed: SignedText, huella: string): string {
  const rows = resultados.map(({ escenario, estado, visto }) => {
    const { clase, texto } = ESTADOS[estado];
    return html`<tr><th scope="row">${escenario.nombre}</th><td class="${clase}">${texto}</td><td>${visto}</td></tr>`;
  });
  return html`<!doctype html>
<html lang="es-CL"><head><meta charset="utf-8"><title>Informe de certificación</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;border-top:1px solid #bbb;padding:.4rem .6rem}.bien{color:#17693a}.mal{color:#a4161a}.espera{color:#7a4b00}code,textarea{font-family:ui-monospace,monospace;overflow-wrap:anywhere}textarea{width:100%;height:6rem}</style>
</head><body>
<h1>Informe de certificación</h1>
<p>Kit de certificación de puente-sic (no es un servicio oficial de SENCE). Firmado por el kit con huella
<code>${huella}</code>. Para comprobar que nadie lo cambió: <code>puente gestor certificar --verificar informe.html</code>, y
compare la huella con la que muestra el kit.</p>
<table><thead><tr><th scope="col">Escenario</th><th scope="col">Estado</th><th scope="col">Qué se vio</th></tr></thead>
<tbody>${rows}</tbody></table>
<h2>Texto firmado</h2>
<label>JSON, firma Ed25519 y clave pública<textarea readonly id="firmado">${JSON.stringify(signed)}</textarea></label>
</body></html>
`.text;
}

/** The signed text inside a report file; null where there is none. */
export function readSignedReport(file: string): SignedText | null {
  const match = /<textarea readonly id="firmado">([^<]*)<\/textarea>/.exec(file);
  if (!match?.[1]) return null;
  const text = match[1]
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
  try {
    const { texto, firma, clave } = JSON.parse(text) as Partial<SignedText>;
    if (typeof texto === 'string' && typeof firma === 'string' && typeof clave === 'string') {
      return { texto, firma, clave };
    }
  } catch {
    // A file that was tampered with beyond reading is no report.
  }
  return null;
}
