import { CATALOGUE, type Codigo, HELP, isCodigo, type Scope, SOPORTE_SENCE } from '@puente-sic/protocol';

const GENERATED =
  '<!-- Generado desde el catálogo (packages/protocol/src/catalogue) con «npm run docs»: no se edita a mano. -->';

/** `docs/errores.md`, the list, and a page with an address of its own for each code: for a person of an OTEC, in Markdown. */
export function errorPages(): [path: string, content: string][] {
  const codes = Object.keys(CATALOGUE).filter(isCodigo);
  return [
    ['docs/errores.md', list(codes)],
    ...codes.map((code): [string, string] => [`docs/errores/${code}.md`, page(code)]),
  ];
}

function list(codes: readonly Codigo[]): string {
  return paragraphs(
    GENERATED,
    '# Códigos de error del Gestor Intermedio',
    'Qué significa cada código que responde SENCE al informar el avance, por qué suele ocurrir y qué hacer. El servicio guarda lo que está correcto y nombra lo que falló: después de corregir, basta con enviar solo lo que falló (`puente enviar --solo-errores`).',
    `Los textos del servicio van tal como llegan, con sus tildes y sin ellas. Dudas sobre el servicio: ${SOPORTE_SENCE}.`,
    [
      '| código | qué pasó | texto del servicio | qué se rechaza |',
      '|---|---|---|---|',
      ...codes.map(row),
    ].join('\n'),
    '## Sin código',
    'Algunos rechazos no tienen un código publicado: una lista de alumnos vacía, un alumno sin módulos, o un código nuevo que SENCE todavía no documenta. En esos casos se muestra el texto del servicio tal como llegó.',
  );
}

const REJECTED: Record<Scope, string> = {
  call: 'el envío completo',
  alumno: 'todos los módulos del alumno',
  modulo: 'solo ese módulo del alumno',
};

function row(code: Codigo): string {
  const { text, scope } = CATALOGUE[code];
  return `| [${code}](errores/${code}.md) | ${HELP[code].title} | ${shown(text)} | ${REJECTED[scope]} |`;
}

function page(code: Codigo): string {
  const { text, scope, meaning, causes, fix, english } = CATALOGUE[code];
  const { title, steps, notNeeded } = HELP[code];
  return paragraphs(
    GENERATED,
    `# ${code}: ${title}`,
    `SENCE responde «${shown(text)}». Lo que se rechaza: ${REJECTED[scope]}.`,
    '## Qué quiere decir',
    meaning,
    '## Qué hacer, en orden',
    steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    `Sin el panel: ${lowerFirst(fix)}`,
    '## Qué no hace falta',
    notNeeded,
    '## Por qué suele ocurrir',
    causes.map((cause) => `- ${cause}`).join('\n'),
    `*In English: ${english}*`,
    '[Todos los códigos](../errores.md)',
  );
}

/** 002 has no text of its own: it carries whatever failed. */
function shown(text: string): string {
  return text === '{descripcion}' ? '(la descripción de la falla)' : text;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function paragraphs(...parts: string[]): string {
  return `${parts.join('\n\n')}\n`;
}
