import { archivadoText } from '../../answers/historial.ts';
import type { LoArchivado } from '../../store/archivo.ts';
import type { AvanceRow } from '../../store/pantalla.ts';
import { formatInstant, formatPercentage, formatSeconds } from '../format.ts';
import { type Html, html } from '../html.ts';
import { table } from '../parts.ts';
import { plotPercentages, type Serie } from '../plot.ts';

/** A student's accepted progress over time as a plot, and every record sent of him in a table. */
export function alumnoMain(
  nombre: string,
  avances: readonly AvanceRow[],
  archivado: LoArchivado | null,
): Html {
  const series = seriesOf(avances);
  return html`
${
  series.length === 0
    ? html`<p>${archivado ? 'De lo que no está archivado, no' : 'Todavía no'} se ha aceptado ningún avance de ${nombre} en este curso.</p>`
    : plotPercentages(`Avance aceptado de ${nombre} por módulo, en el tiempo`, series)
}
${table(
  'Todo lo enviado, del más nuevo al más antiguo',
  ['Proceso', 'Recibido (Santiago)', 'Módulo', '#Avance', '#Tiempo', 'Resultado'],
  avances
    .toReversed()
    .map((avance) => [
      html`<a href="/procesos/${avance.id}">${avance.id}</a>`,
      formatInstant(avance.recibidoEn),
      html`<span class="junto">${avance.mod_cod ?? '—'}</span>`,
      formatPercentage(avance.mod_porcentaje_avance),
      formatSeconds(avance.mod_tiempo_conectividad),
      avance.estado_registro === 1
        ? html`<span class="bien">Aceptado</span>`
        : html`<span class="mal">Rechazado</span>: ${avance.obs_registro}`,
    ]),
)}
${archivado ? html`<p class="aviso">${archivadoText(archivado)}</p>` : null}
<nav class="paginas" aria-label="Páginas"><a href="/procesos">Volver a los procesos</a></nav>`;
}

/** A curve per module, of what was accepted. */
function seriesOf(avances: readonly AvanceRow[]): Serie[] {
  const series = new Map<string, Serie>();
  for (const { mod_cod, mod_porcentaje_avance, recibidoEn, estado_registro } of avances) {
    if (estado_registro !== 1 || mod_cod === null) continue;
    const serie = series.get(mod_cod) ?? { nombre: mod_cod, puntos: [] };
    serie.puntos.push({ x: Number(recibidoEn), y: Number(mod_porcentaje_avance) });
    series.set(mod_cod, serie);
  }
  return [...series.values()];
}
