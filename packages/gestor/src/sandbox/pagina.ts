import { santiagoDateTime } from '@puente-sic/protocol';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/layout.ts';
import { FALLAS, type FallaPedida } from './fallas.ts';
import { MAGICOS } from './magicos.ts';
import type { Reloj } from './reloj.ts';

export const SANDBOX_NAV = [
  { href: '/sandbox', text: 'Sandbox' },
  { href: '/sandbox/llamadas', text: 'Últimas llamadas' },
  { href: '/procesos', text: 'Procesos' },
  { href: '/validador', text: 'Validador' },
];

/** The page where a developer asks for faults and moves the clock. */
export function sandboxPage(pedidas: readonly FallaPedida[], reloj: Reloj): Page {
  return {
    title: 'Sandbox',
    mark: 'sandbox',
    nav: SANDBOX_NAV,
    main: html`
<p class="aviso">Nada de lo que hay en esta página existe en el servicio real: sirve para probar cómo se porta su
programa cuando algo sale mal. Las respuestas de <code>/gestor/API</code> son las del servicio.</p>
<h2>Fallas a pedido</h2>
${pending(pedidas)}
<form class="filtro" method="post" action="/sandbox/fallas">
<label>Falla <select name="falla">${Object.entries(FALLAS).map(
      ([tipo, { nombre }]) => html`<option value="${tipo}">${nombre}</option>`,
    )}</select></label>
<label>En las próximas llamadas <input name="veces" type="number" min="1" max="1000" value="1"></label>
<label>De <select name="endpoint"><option>enviarAvance</option><option>historialEnvios</option></select></label>
<label>Segundos (demora, goteo, Retry-After) <input name="segundos" type="number" min="0" max="900" value="60"></label>
<label>Solo de la OTEC <input name="rutOtec" placeholder="76543210-3" size="12"></label>
<label>Solo del curso <input name="codigoOferta" placeholder="SANDBOX-01" size="14"></label>
<button>Pedir la falla</button>
</form>
<h2>Reloj</h2>
<p>En este servicio son las <strong>${santiagoDateTime(reloj.now())}</strong> en Santiago${
      reloj.moved ? ' (reloj movido).' : ' (la hora del computador).'
    }</p>
<form class="filtro" method="post" action="/sandbox/reloj">
<label>Poner en (con su zona) <input name="ahora" required placeholder="2026-04-04T23:30:00-03:00" size="28"></label>
<button>Mover el reloj</button>
</form>
<form class="filtro" method="post" action="/sandbox/reloj">
<input type="hidden" name="real" value="1"><button class="leve">Volver a la hora del computador</button>
</form>
<h2>RUT que siempre responden lo mismo</h2>
<div class="tabla" tabindex="0" role="region" aria-label="RUT que siempre responden lo mismo"><table>
<thead><tr><th scope="col">RUT</th><th scope="col">Código</th><th scope="col">Por qué</th></tr></thead>
<tbody>${Object.entries(MAGICOS).map(
      ([codigo, { rut, dv, porque }]) =>
        html`<tr><th scope="row">${`${rut}-${dv}`}</th><td>${codigo}</td><td>${porque}</td></tr>`,
    )}</tbody></table></div>
<h2>Empezar de nuevo</h2>
<form class="filtro" method="post" action="/sandbox/reiniciar"><button class="leve">Borrar lo enviado, las fallas y el diario</button></form>
<h2>Qué imita cada falla</h2>
<div class="tabla" tabindex="0" role="region" aria-label="Fallas y su fuente"><table>
<thead><tr><th scope="col">Falla</th><th scope="col">De dónde sale</th></tr></thead>
<tbody>${Object.values(FALLAS).map(
      ({ nombre, imita }) => html`<tr><th scope="row">${nombre}</th><td>${imita}</td></tr>`,
    )}</tbody></table></div>`,
  };
}

function pending(pedidas: readonly FallaPedida[]) {
  if (pedidas.length === 0) return html`<p>No hay fallas pedidas: todas las llamadas salen bien.</p>`;
  const items = pedidas.map(
    ({ tipo, veces, endpoint, rutOtec, codigoOferta }) =>
      html`<li>${FALLAS[tipo].nombre}, en ${veces === 1 ? 'la próxima llamada' : `las próximas ${veces} llamadas`} de ${[endpoint, rutOtec, codigoOferta].filter((part) => part !== null).join(', ')}.</li>`,
  );
  return html`<ul>${items}</ul>
<form class="filtro" method="post" action="/sandbox/fallas/limpiar"><button class="leve">Quitar todas</button></form>`;
}
