import type { openApi } from '@puente-sic/protocol';

type Document = ReturnType<typeof openApi>;
type Post = Document['paths'][typeof ENVIAR]['post'];
type Get = Document['paths'][typeof HISTORIAL]['get'];
type Examples = Record<string, { summary: string; value: unknown }>;

const ENVIAR = '/avance-sic/enviarAvance';
const HISTORIAL = '/avance-sic/historialEnvios';

/** Values of one's own, the same in every request. In `{{…}}` they are filled in by the program that sends. */
const VARIABLES = {
  baseUrl: 'http://127.0.0.1:8350/gestor/API',
  rutOtec: '76543210-3',
  token: '3B1D9E52-6C07-4F4A-8E21-90A7C5D2B6F4',
};

/** A Postman collection (v2.1, which Bruno and Insomnia read too) with a request per operation and official example. */
export function postmanCollection(document: Document) {
  const { title, description } = document.info;
  return {
    info: {
      name: title,
      description,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: [
      historial(HISTORIAL, document.paths[HISTORIAL].get),
      ...envios(ENVIAR, document.paths[ENVIAR].post),
    ],
    variable: Object.entries(VARIABLES).map(([key, value]) => ({ key, value })),
  };
}

function historial(path: string, operation: Get) {
  const query = operation.parameters.map(({ name, required, description, schema }) => ({
    key: name,
    value: 'const' in schema ? String(schema.const) : name in VARIABLES ? `{{${name}}}` : '',
    description,
    disabled: !required,
  }));
  const given = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`);
  const request = {
    method: 'GET',
    header: [],
    description: operation.description,
    url: { raw: `{{baseUrl}}${path}?${given.join('&')}`, host: ['{{baseUrl}}'], path: steps(path), query },
  };
  return { name: operation.summary, request, response: responses(request, operation) };
}

function envios(path: string, operation: Post) {
  const { examples } = operation.requestBody.content['application/json'];
  return Object.values(examples as Examples).map(({ summary, value }) => {
    const credenciales = { rutOtec: '{{rutOtec}}', token: '{{token}}' };
    const request = {
      method: 'POST',
      header: [{ key: 'Content-Type', value: 'application/json' }],
      description: operation.description,
      url: { raw: `{{baseUrl}}${path}`, host: ['{{baseUrl}}'], path: steps(path) },
      body: {
        mode: 'raw',
        raw: JSON.stringify({ ...(value as object), ...credenciales }, null, 2),
        options: { raw: { language: 'json' } },
      },
    };
    return { name: summary, request, response: responses(request, operation) };
  });
}

/** The official answers, kept beside the request. */
function responses(originalRequest: object, operation: Post | Get) {
  const { examples } = operation.responses['200'].content['application/json'];
  return Object.values(examples as Examples).map(({ summary, value }) => ({
    name: summary,
    originalRequest,
    status: 'OK',
    code: 200,
    _postman_previewlanguage: 'json',
    header: [{ key: 'Content-Type', value: 'application/json; charset=utf-8' }],
    body: JSON.stringify(value, null, 2),
  }));
}

function steps(path: string): string[] {
  return path.split('/').filter((step) => step !== '');
}
