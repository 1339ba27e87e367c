import { type Html, html } from '../pages/html.ts';
import type { Page } from '../pages/layout.ts';
import { table } from '../pages/parts.ts';
import type { ServiceDocument } from './document.ts';

interface Operation {
  summary?: string;
  description?: string;
  parameters?: readonly { name: string; in: string; required: boolean; description?: string }[];
  requestBody?: { content: Content };
  responses?: Record<string, { description: string; content?: Content }>;
}
type Content = Record<
  string,
  { schema?: unknown; examples?: Record<string, { summary?: string; value: unknown }> }
>;

const METHODS = ['get', 'post', 'patch', 'delete'] as const;

/** The OpenAPI document as a person reads it. */
export function documentPage(document: ServiceDocument): Page {
  return {
    title: 'Documentación de la API',
    nav: [
      { href: '/documentacion', text: 'API' },
      { href: '/openapi.json', text: 'OpenAPI (JSON)' },
      { href: '/procesos', text: 'Procesos' },
    ],
    main: html`
${document.info.description.split('\n\n').map((text) => html`<p>${text}</p>`)}
<p>Dirección base: <code>${document.servers[0]?.url ?? ''}</code></p>
${Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = (item as Partial<Record<string, Operation>>)[method];
    return operation ? [operationSection(method, path, operation)] : [];
  }),
)}`,
  };
}

function operationSection(method: string, path: string, operation: Operation): Html {
  const { summary, description, parameters = [], requestBody, responses = {} } = operation;
  return html`<section>
<h2><code>${method.toUpperCase()} ${path}</code></h2>
<p>${summary ?? ''} ${description ?? ''}</p>
${
  parameters.length === 0
    ? null
    : table(
        `Parámetros de ${method.toUpperCase()} ${path}`,
        ['Nombre', 'Dónde', 'Obligatorio', 'Qué es'],
        parameters.map(({ name, in: place, required, description: what }) => [
          html`<code>${name}</code>`,
          PLACES[place] ?? place,
          required ? 'Sí' : 'No',
          what ?? '',
        ]),
      )
}
${requestBody ? html`<h3>Cuerpo</h3>${examplesOf(requestBody.content)}` : null}
<h3>Respuestas</h3>
${Object.entries(responses).map(
  ([status, answer]) =>
    html`<p><strong>${status}</strong> ${answer.description}</p>${answer.content ? examplesOf(answer.content) : null}`,
)}
</section>`;
}

const PLACES: Record<string, string> = { query: 'En la dirección (?…)', path: 'En la ruta' };

/** The official examples where there are any, else the schema. */
function examplesOf(content: Content): Html[] {
  return Object.values(content).flatMap(({ examples = {}, schema }) => {
    const all = Object.values(examples);
    if (all.length === 0) return isOwn(schema) ? [block('Esquema', schema)] : [];
    return all.map(({ summary, value }) => block(summary ?? 'Ejemplo', value));
  });
}

/** A schema that stands here and not among the components. */
function isOwn(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && !('$ref' in schema) && !('anyOf' in schema);
}

function block(title: string, value: unknown): Html {
  return html`<details><summary>${title}</summary><pre tabindex="0">${JSON.stringify(value, null, 2)}</pre></details>`;
}
