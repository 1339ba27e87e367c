import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { santiagoDateTime } from '@puente-sic/protocol';
import { type Html, html } from '../pages/html.ts';
import { type Informe, programName, stateText, verdictLine } from './informe.ts';
import { readLineas, writeLineas } from './record.ts';
import type { Linea } from './record-schema.ts';

const ESTILO =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;border-top:1px solid #bbb;padding:.4rem .6rem}.cumplido{color:#17693a}.fallado{color:#a4161a}.pendiente,.no-aplica{color:#7a4b00}dt{font-weight:600}dd{margin:0 0 .4rem}code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}#veredicto{font-size:1.2rem;font-weight:600}#registro{display:none}';

/** What the page needs of a browser: its own style, and nothing else. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(ESTILO).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

const REGISTRO = /<pre id="registro">([A-Za-z0-9+/=]*)<\/pre>/;
const MOMENTO = /<time id="generado" datetime="([^"]+)" data-kit="([^"]+)">/;

/** The lines of a record as a report carries them: gzip, base64. */
export function packLineas(lineas: readonly Linea[]): string {
  return gzipSync(writeLineas(lineas)).toString('base64');
}

/**
 * The page that is signed, whole. It is made of nothing but the record, the moment and the kit's fingerprint, so that
 * whoever has the record can make it again and compare.
 */
export function reportPage(informe: Informe, huella: string, packed: string): string {
  const { generado, relojDelKit, relojMovido, certificado } = informe;
  const kitNow = santiagoDateTime(new Date(relojDelKit));
  return html`<!doctype html>
<html lang="es-CL"><head><meta charset="utf-8"><title>Informe de certificación</title><style>${ESTILO}</style></head><body>
<h1>Informe de certificación</h1>
<p id="veredicto" class="${certificado ? 'cumplido' : 'fallado'}">${verdictLine(informe)}</p>
<p>${informe.declaracion}</p>
<dl>
<dt>Programa</dt><dd>${programName(informe)}</dd>
<dt>Perfil</dt><dd>${informe.perfilNombre}</dd>
<dt>Kit</dt><dd>puente-sic ${informe.versionKit}, que no es un servicio oficial de SENCE. Huella <code>${huella}</code></dd>
<dt>Fecha verdadera</dt><dd><time id="generado" datetime="${generado}" data-kit="${relojDelKit}">${santiagoDateTime(new Date(generado))}</time> en Santiago</dd>
<dt>Reloj del kit entonces</dt><dd>${kitNow} en Santiago${relojMovido ? ', movido para ensayar' : ''}</dd>
<dt>Respuesta lenta</dt><dd>${informe.segundosLenta} s</dd>
<dt>Se empezó de nuevo</dt><dd>${informe.comienzos} veces</dd>
<dt>Registro del kit</dt><dd>${informe.registro.lineas} líneas; la última, <code>${informe.registro.cadena}</code></dd>
</dl>
<table><thead><tr><th scope="col">Escenario</th><th scope="col">Estado</th><th scope="col">Qué mira el kit</th><th scope="col">Qué se vio</th></tr></thead>
<tbody>${informe.escenarios.map(row)}</tbody></table>
<p>Para comprobarlo: <code>puente gestor certificar --verificar informe.html</code>. Recorre la firma y el registro que va en
este archivo, lo juzga otra vez y dice si el programa está certificado.</p>
<pre id="registro">${packed}</pre>
</body></html>
`.text;
}

function row(escenario: Informe['escenarios'][number]): Html {
  const { nombre, estado, mira, visto, intentos } = escenario;
  const before = intentos.slice(0, -1).map((intento) => html`<br>Antes, ${intento.estado}: ${intento.visto}`);
  return html`<tr><th scope="row">${nombre}</th><td class="${estado}">${stateText(escenario)}</td><td>${mira}</td><td>${visto}${before}</td></tr>
`;
}

/** What a report's page carries to be made again; null where it is none. */
export interface Carried {
  packed: string;
  /** Null: the chain does not hold. */
  lineas: Linea[] | null;
  real: Date;
  kit: Date;
}

export function readReportPage(page: string): Carried | null {
  const packed = REGISTRO.exec(page)?.[1];
  const [, generado, relojDelKit] = MOMENTO.exec(page) ?? [];
  if (packed === undefined || !generado || !relojDelKit) return null;
  const [real, kit] = [new Date(generado), new Date(relojDelKit)];
  const text = unpack(packed);
  if (text === null || Number.isNaN(real.getTime()) || Number.isNaN(kit.getTime())) return null;
  return { packed, lineas: readLineas(text), real, kit };
}

/** A record of the kit, unpacked, stays far below; a report comes from others. */
const MAX_REGISTRO = 512 * 1024 * 1024;

function unpack(packed: string): string | null {
  try {
    return gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_REGISTRO }).toString('utf8');
  } catch {
    return null;
  }
}
