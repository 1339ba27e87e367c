import { type Carta, type Enlace, type Fila, hrefOf, type Parte, type Remite } from './carta.ts';
import { AVISOS } from './carta-text.ts';

/** The letter as one column of simple HTML, light and dark; nothing of it is fetched from anywhere. */
export function htmlOf(carta: Carta, remite: Remite): string {
  const { asunto, franja, titulo, bajo, filas, partes, boton, bajoBoton, pie } = carta;
  const button = boton === null ? '' : anchor(boton, remite, 'b');
  const below = bajoBoton === '' ? '' : `<p class="s c abajo">${escaped(bajoBoton)}</p>`;
  const action = button + below === '' ? '' : `<div class="p">${button}${below}</div>`;
  return `<!doctype html>
<html lang="es-CL"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escaped(asunto)}</title><style>${STYLE}</style></head>
<body><main class="caja"><div class="hoja">${franja === null ? '' : `<div class="p franja">${escaped(franja)}</div>`}<div class="p"><h1>${escaped(titulo)}</h1>${bajo === '' ? '' : `<p class="s">${escaped(bajo)}</p>`}</div>
${table(filas.map(row))}
${action}
${table(partes.map((parte) => part(parte, remite)))}</div>
<p class="pie">${escaped(`Lo envía Puente SIC, de ${remite.otec}. ${pie}`.trim())}<br>${anchor(AVISOS, remite)}</p></main></body></html>
`;
}

function table(rows: readonly string[]): string {
  return rows.length === 0 ? '' : `<table role="presentation">${rows.join('')}</table>`;
}

function row({ cuantos, tono, titulo, quienes, detalle }: Fila): string {
  const lines = [
    `<strong>${escaped(titulo)}</strong>`,
    ...quienes.map(escaped),
    ...(detalle === '' ? [] : [`<span class="s c">${escaped(detalle)}</span>`]),
  ];
  return `<tr class="f"><td class="n ${tono === 'mal' ? 'mal' : 'esp'}">${cuantos ?? ''}</td><td>${lines.join('<br>')}</td></tr>`;
}

function part({ titulo, texto, enlace }: Parte, remite: Remite): string {
  const link = enlace === undefined ? '' : ` ${anchor(enlace, remite)}`;
  return `<tr class="f"><td><strong>${escaped(titulo)}.</strong> ${escaped(texto)}${link}</td></tr>`;
}

function anchor(enlace: Enlace, remite: Remite, style = ''): string {
  const href = hrefOf(enlace, remite);
  if (href === null) return `<span>${escaped(enlace.texto)}: en Puente.</span>`;
  return `<a${style === '' ? '' : ` class="${style}"`} href="${escaped(href)}">${escaped(enlace.texto)}</a>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;background:#f1f3f6;color:#151b26;font-family:"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
.caja{max-width:600px;margin:0 auto;padding:24px 16px}.hoja{background:#fff;border:1px solid #e2e6eb;border-radius:10px;overflow:hidden}
.p{padding:20px 24px}.s{color:#465060}.c{font-size:14px}h1{font-size:22px;line-height:1.25;margin:0 0 6px}p{margin:0}.abajo{margin-top:12px}
table{width:100%;border-collapse:collapse}td{padding:0;text-align:left;vertical-align:top}
.f{border-top:1px solid #e2e6eb}.f>td{padding:14px 24px}.f>td.n{width:28px;padding-right:0;font-size:18px;font-weight:700;line-height:1.35}.mal{color:#ad1d22}.esp{color:#7a4a00}
.b{display:inline-block;background:#0f4f8f;color:#fff;text-decoration:none;font-weight:600;padding:12px 20px;border-radius:6px;margin-top:4px}a{color:#0f4f8f}a.b{color:#fff}
.pie{padding:16px 8px 0;color:#565f6e;font-size:13px}.franja{background:#fdecea;color:#7d1519;font-weight:600}
@media (prefers-color-scheme:dark){body{background:#0d1015;color:#e9ecf1}.hoja{background:#151920;border-color:#262d38}.s{color:#b4bcc9}.pie{color:#949eae}.f{border-color:#262d38}.mal{color:#ffa19c}.esp{color:#f1c36f}a{color:#84b9f7}.b{background:#84b9f7}a.b{color:#07192d}.franja{background:#361a1c;color:#ffc1bd}}
`;
