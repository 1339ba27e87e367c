import { santiagoDateTime } from '@puente-sic/protocol';
import { formatNumber } from '../format.ts';
import { type Html, html } from '../html.ts';
import { table } from '../parts.ts';
import { plotBars } from '../plot.ts';

export interface Hora {
  /** Hours since 1970. */
  hora: number;
  procesos: number;
  aceptados: number;
  rechazados: number;
}

/** What has come in today, hour by hour on Santiago's clock. */
export function cargaMain(dia: string, horas: readonly Hora[]): Html {
  if (horas.length === 0) return html`<p>Hoy (${dia}) todavía no llega ningún envío.</p>`;
  const name = ({ hora }: Hora) => `${santiagoDateTime(new Date(hora * 3_600_000)).slice(11, 13)} h`;
  const total = (pick: (hora: Hora) => number) =>
    formatNumber(horas.reduce((sum, hora) => sum + pick(hora), 0));
  return html`
<p>Hoy, ${dia}, en total: procesos, ${total(({ procesos }) => procesos)}; registros aceptados, ${total(({ aceptados }) => aceptados)};
rechazados, ${total(({ rechazados }) => rechazados)}.</p>
${plotBars(
  'Procesos recibidos por hora',
  horas.map((hora) => ({ nombre: name(hora), valor: hora.procesos })),
)}
${table(
  'Por hora de Santiago',
  ['Hora', '#Procesos', '#Aceptados', '#Rechazados'],
  horas.map((hora) => [
    name(hora),
    formatNumber(hora.procesos),
    formatNumber(hora.aceptados),
    formatNumber(hora.rechazados),
  ]),
)}`;
}
