import { archivadoText } from '../../answers/historial.ts';
import type { LoArchivado } from '../../store/archivo.ts';
import type { ProcesoFilter, ProcesoRow } from '../../store/pantalla.ts';
import { formatInstant, formatNumber, formatPersonRut } from '../format.ts';
import { type Html, html } from '../html.ts';
import { link, table } from '../parts.ts';

export interface Lista {
  /** As the form sent it. */
  filtro: Record<string, string>;
  filter: ProcesoFilter;
  procesos: readonly ProcesoRow[];
  /** There are older ones. */
  more: boolean;
  /** What would follow, had it not been archived. */
  archivado: LoArchivado | null;
}

/** The list of processes with its filters, newest first. */
export function listaMain({ filtro, filter, procesos, more, archivado }: Lista): Html {
  const field = (name: string) => filtro[name] ?? '';
  const operator = filter.rutOtec === null || field('otec') !== '';
  return html`
<form class="filtro" method="get" action="/procesos">
<label>Desde <input type="date" name="desde" value="${field('desde')}"></label>
<label>Hasta <input type="date" name="hasta" value="${field('hasta')}"></label>
<label>Código de oferta <input name="oferta" value="${field('oferta')}"></label>
<label>codigoEnvio <input name="envio" value="${field('envio')}"></label>
${operator ? html`<label>RUT de la OTEC <input name="otec" value="${field('otec')}" placeholder="11222333-4"></label>` : null}
<label>Estado <select name="estado"><option value="">Todos</option><option value="rechazos"${
    field('estado') === 'rechazos' ? html` selected` : null
  }>Con rechazos</option></select></label>
<button>Filtrar</button>
</form>
${
  procesos.length === 0
    ? html`<p>No hay procesos que cumplan con lo pedido. Quite algún filtro, o espere el próximo envío.</p>`
    : table(
        'Procesos, del más nuevo al más antiguo',
        [
          'Proceso',
          'Recibido (Santiago)',
          'OTEC',
          'Curso',
          'codigoEnvio',
          '#Alumnos',
          '#Aceptados',
          '#Rechazados',
          'SIC',
        ],
        procesos.map(processRow),
      )
}
${archivado ? html`<p class="aviso">${archivadoText(archivado)}</p>` : null}
<nav class="paginas" aria-label="Páginas">
${filter.antes ? html`<a href="${link('/procesos', { ...filtro, antes: undefined })}">← Los más nuevos</a>` : null}
${more ? html`<a href="${link('/procesos', { ...filtro, antes: procesos.at(-1)?.id })}">Más antiguos →</a>` : null}
</nav>`;
}

function processRow(proceso: ProcesoRow) {
  const { id, recibidoEn, rutOtec, dvOtec, nombreOtec, codigoOferta, codigoGrupo, codigoEnvio } = proceso;
  return [
    html`<a href="/procesos/${id}">${id}</a>`,
    formatInstant(recibidoEn),
    html`${nombreOtec ?? ''} <span class="suave junto">${formatPersonRut(rutOtec, dvOtec ?? '?')}</span>`,
    html`<span class="junto">${codigoOferta ?? '—'}</span> <span class="suave junto">${codigoGrupo ?? ''}</span>`,
    codigoEnvio ?? '—',
    formatNumber(proceso.alumnos),
    formatNumber(proceso.aceptados),
    refused(proceso),
    proceso.noche ? `Publicado (día ${proceso.noche})` : proceso.aceptados > 0 ? 'Espera la noche' : '—',
  ];
}

function refused({ rechazo, rechazados }: ProcesoRow) {
  if (rechazo) return html`<span class="mal">Todo el curso</span>`;
  return rechazados > 0 ? html`<span class="mal">${formatNumber(rechazados)}</span>` : '0';
}
