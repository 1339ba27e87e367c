import { chilean } from '../alerts/summary.ts';
import type { EvidenceRecord } from './records.ts';

export interface ReportHead {
  rutOtec: string;
  codigoOferta: string;
  desde: string;
  hasta: string;
  /** Santiago's clock. */
  creado: string;
  envios: number;
  alumnos: number;
  registros: number;
}

/** The history student by student as one HTML page, in pieces, that needs nothing else and prints well. */
export async function* report(
  head: ReportHead,
  people: AsyncIterable<[rut: string, records: EvidenceRecord[]]>,
): AsyncGenerator<string> {
  yield opening(head);
  for await (const [rut, records] of people) yield `${student(rut, records)}\n`;
  yield '</body>\n</html>\n';
}

function opening({
  rutOtec,
  codigoOferta,
  desde,
  hasta,
  creado,
  envios,
  alumnos,
  registros,
}: ReportHead): string {
  return `<!doctype html>
<html lang="es-CL">
<head>
<meta charset="utf-8">
<title>Evidencia ${html(codigoOferta)}</title>
<style>
body { font: 11pt/1.4 system-ui, sans-serif; color: #111; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: 10pt; }
th, td { text-align: left; padding: .2rem .5rem; border-bottom: 1px solid #bbb; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
h2 { margin: 1.6rem 0 .4rem; break-after: avoid; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
@page { size: A4; margin: 18mm 15mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
</style>
</head>
<body>
<h1>Evidencia de envíos a SENCE</h1>
<p>Curso <strong>${html(codigoOferta)}</strong>, OTEC ${html(rutOtec)}, noches del ${chilean(desde)} al ${chilean(hasta)}.
${[many(envios, 'envío'), many(alumnos, 'alumno'), many(registros, 'registro')].join(', ')}. Preparado el ${html(creado)} (hora de Santiago).</p>
<p>Cada fila es un módulo de un alumno en un envío, con lo que respondió SENCE. Los cuerpos enviados y las respuestas
recibidas están, tal cual, en la carpeta <code>envios</code>; la huella SHA-256 de cada archivo está en <code>manifiesto.json</code>.</p>
`;
}

function student(rut: string, records: readonly EvidenceRecord[]): string {
  const rows = records.map(
    (record) => `<tr><td>${chilean(record.noche)}</td><td>${html(record.codigoModulo)}</td>
<td class="n">${String(record.porcentajeAvance).replace('.', ',')} %</td><td class="n">${record.tiempoConectividad.toLocaleString('es-CL')}</td>
<td>${record.resultado}${record.motivo === '' ? '' : `: ${html(record.motivo)}`}</td><td class="n">${record.idProceso ?? ''}</td></tr>`,
  );
  return `<h2>${html(rut)}</h2>
<table>
<thead><tr><th>Noche</th><th>Módulo</th><th class="n">Avance</th><th class="n">Segundos</th><th>Resultado</th><th class="n">Proceso</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function many(figure: number, noun: string): string {
  return figure === 1 ? `1 ${noun}` : `${figure} ${noun}s`;
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
