import { CATALOGUE, type CatalogueEntry, type Scope, SOPORTE_SENCE } from '@puente-sic/protocol';

/** `docs/errores.md`: every code of the catalogue for a person of an OTEC, in Markdown. */
export function renderErrores(): string {
  const entries = Object.entries(CATALOGUE);
  return [
    '<!-- Generado desde el catálogo (packages/protocol/src/catalogue) con «npm run docs»: no se edita a mano. -->',
    '# Códigos de error del Gestor Intermedio',
    'Qué significa cada código que responde SENCE al informar el avance, por qué suele ocurrir y qué hacer. El servicio guarda lo que está correcto y nombra lo que falló: después de corregir, basta con enviar solo lo que falló (`puente enviar --solo-errores`).',
    `Los textos del servicio van tal como llegan, con sus tildes y sin ellas. Dudas sobre el servicio: ${SOPORTE_SENCE}.`,
    ['| código | texto del servicio | qué se rechaza |', '|---|---|---|', ...entries.map(row)].join('\n'),
    ...entries.map(([code, entry]) => section(code, entry)),
    '## Sin código',
    'Algunos rechazos no tienen un código publicado: una lista de alumnos vacía, un alumno sin módulos, o un código nuevo que SENCE todavía no documenta. En esos casos se muestra el texto del servicio tal como llegó.',
  ]
    .join('\n\n')
    .concat('\n');
}

const REJECTED: Record<Scope, string> = {
  call: 'el envío completo',
  alumno: 'todos los módulos del alumno',
  modulo: 'solo ese módulo del alumno',
};

function row([code, { text, scope }]: [string, CatalogueEntry]): string {
  return `| [${code}](#${code}) | ${shown(text)} | ${REJECTED[scope]} |`;
}

function section(code: string, { text, meaning, causes, fix, english }: CatalogueEntry): string {
  return [
    `## ${code}`,
    `> ${shown(text)}`,
    meaning,
    ['**Por qué suele ocurrir**', '', ...causes.map((cause) => `- ${cause}`)].join('\n'),
    `**Qué hacer.** ${fix}`,
    `*In English: ${english}*`,
  ].join('\n\n');
}

/** 002 has no text of its own: it carries whatever failed. */
function shown(text: string): string {
  return text === '{descripcion}' ? '(la descripción de la falla)' : text;
}
