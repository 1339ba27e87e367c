import { santiagoDateTime } from '@puente-sic/protocol';
import { type Html, html } from '../pages/html.ts';
import type { Page } from '../pages/layout.ts';
import type { Reloj } from '../sandbox/reloj.ts';
import { describeCall, type Informe, stateText, verdictLine } from './informe.ts';
import type { Resultado } from './judge.ts';
import { OTEC_KIT } from './otec.ts';
import { PERFILES } from './profile.ts';

export const KIT_NAV = [
  { href: '/certificacion', text: 'Certificación' },
  { href: '/certificacion/hoja.json', text: 'Hoja de datos (JSON)' },
  { href: '/certificacion/informe.html', text: 'Informe firmado' },
  { href: '/validador', text: 'Validador' },
];

const MARKS = {
  cumplido: { clase: 'bien', mark: '✔' },
  fallado: { clase: 'mal', mark: '✘' },
  pendiente: { clase: 'espera', mark: '○' },
  'no-aplica': { clase: 'espera', mark: '–' },
} as const;

/** The page that a vendor works with: what to do, what was expected, what the kit looks at, what was seen. */
export function certificationPage(
  informe: Informe,
  resultados: readonly Resultado[],
  { url, reloj, huella }: { url: string; reloj: Reloj; huella: string },
): Page {
  const { cumplidos, fallados, pendientes, certificado } = informe;
  return {
    title: 'Certificación de un programa de envío',
    mark: 'kit de certificación',
    nav: KIT_NAV,
    main: html`
<p class="aviso">Este kit no es de SENCE ni existe en el servicio real. Apunte su programa a esta dirección y trabaje los
escenarios a su ritmo y en cualquier orden: el kit los reconoce por lo que ve llegar. Cada curso se puede enviar más de una
vez, en partes o de a un alumno, salvo donde su escenario dice otra cosa.</p>
<p><strong class="${certificado ? 'bien' : 'espera'}">${verdictLine(informe)}</strong></p>
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
${forms(informe)}
${resultados.map(scenarioSection)}`,
  };
}

function forms({ programa, versionPrograma, perfil }: Informe): Html {
  const options = Object.entries(PERFILES).map(([id, { nombre }]) =>
    id === perfil
      ? html`<option value="${id}" selected>${nombre}</option>`
      : html`<option value="${id}">${nombre}</option>`,
  );
  return html`<form class="filtro" method="post" action="/certificacion/programa">
<label>Programa <input name="programa" value="${programa}" required maxlength="80"></label>
<label>Versión <input name="version" value="${versionPrograma}" maxlength="80"></label>
<label>Perfil <select name="perfil">${options}</select></label>
<button>Guardar</button></form>
<form class="filtro" method="post" action="/certificacion/reloj">
<label>Poner el reloj del kit en (con su zona) <input name="ahora" required placeholder="2026-04-04T21:55:00-03:00" size="28"></label>
<button>Mover el reloj</button></form>
<form class="filtro" method="post" action="/certificacion/inicio"><button class="leve">Empezar todo de nuevo</button></form>`;
}

function scenarioSection({ escenario, estado, visto, llamadas, intentos }: Resultado): Html {
  const { clase, mark } = MARKS[estado];
  const calls = escenario.curso ? llamadas.slice(-3) : [];
  const before = intentos.slice(0, -1);
  return html`<section id="${escenario.id}">
<h2>${escenario.nombre} <span class="${clase}">${mark} ${stateText({ estado, intentos })}</span></h2>
<dl>
<dt>Qué hacer</dt><dd>${escenario.instruccion}</dd>
<dt>Qué se espera</dt><dd>${escenario.espera}</dd>
<dt>Qué mira el kit</dt><dd>${escenario.mira}</dd>
<dt>Qué se vio</dt><dd>${visto}</dd>
${before.map((intento) => html`<dt>Antes</dt><dd>${intento.estado}: ${intento.visto}</dd>`)}
</dl>
<form class="filtro" method="post" action="/certificacion/escenarios/${escenario.id}/reintentar"><button class="leve">Intentar de nuevo</button></form>
${
  calls.length === 0
    ? null
    : html`<details><summary>Últimas llamadas vistas</summary>${calls.map(
        (call) => html`<pre tabindex="0">${describeCall(call)}</pre>`,
      )}</details>`
}
</section>`;
}
