import { BASE_URL } from './envio.ts';
import { OFFICIAL_EXAMPLES } from './official-examples.ts';
import { type JsonSchema, jsonSchemas, type SchemaName } from './schemas.ts';

export interface OpenApiOptions {
  /** Version of the software that serves or publishes the document. */
  version: string;
  /** Where the API stands; production when left out. */
  servers?: { url: string; description: string }[];
}

/** The OpenAPI 3.1 document of both endpoints, from the schemas of every message and with the official examples. */
export function openApi({ version, servers = [PRODUCTION] }: OpenApiOptions) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gestor Intermedio de SENCE: avance de cursos e-learning',
      version,
      summary: 'Informa a SIC el avance de los alumnos de una OTEC.',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers,
    security: [],
    tags: [{ name: 'avance-sic', description: 'Las dos direcciones del servicio.' }],
    paths: {
      '/avance-sic/enviarAvance': { post: ENVIAR_AVANCE },
      '/avance-sic/historialEnvios': { get: HISTORIAL_ENVIOS },
    },
    components: { schemas: componentSchemas() },
  };
}

/** The message schemas as components: without `$id` and `$schema`, which OpenAPI gives by itself. */
function componentSchemas(): Record<string, JsonSchema> {
  const schemas = jsonSchemas((name) => `#/components/schemas/${name}`);
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id, $schema, ...schema }]) => [name, schema]),
  );
}

const PRODUCTION = { url: BASE_URL, description: 'Producción. No existe un ambiente de pruebas oficial.' };

const DESCRIPTION = `El Gestor Intermedio recibe el avance de los LMS y lo lleva a SIC por la noche.

De todo lo publicado, el servicio oficial responde HTTP 200 también cuando rechaza [S, O]: lo que pasó se lee en el cuerpo. Qué
estado da a un cuerpo que no se puede leer no lo ha publicado nadie: el Gestor de este proyecto da 400 [A]. La respuesta puede tardar minutos (se aconseja
esperar 10). Las letras entre corchetes son la fuente de cada regla: S la capacitación oficial (2021), I el Instructivo (2023),
M los manuales, O lo observado en producción, A un supuesto de este proyecto.`;

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object, examples: object = {}) => ({ 'application/json': { schema, examples } });

const { pruebaOficial, respuestaOk, respuestaError012, respuestaError025, tokenInvalido, historial } =
  OFFICIAL_EXAMPLES;

/** What only the Gestor of this project answers: nothing is recorded with any of them, save that 503 may not know. */
const OTHER_STATUSES = Object.fromEntries(
  [
    ['400', 'El cuerpo o un parámetro no se puede leer.'],
    ['413', 'Demasiados alumnos, módulos o bytes en una llamada.'],
    ['429', 'Demasiadas llamadas por segundo.'],
    ['503', 'El servicio no puede guardar datos en este momento.'],
  ].map(([status, description]) => [
    status,
    {
      description: `${description} Solo lo responde el Gestor de este proyecto; el oficial no documenta otro código que 200.`,
      content: json(ref('RespuestaError')),
    },
  ]),
);

const ENVIAR_AVANCE = {
  operationId: 'enviarAvance',
  tags: ['avance-sic'],
  summary: 'Informa el avance de un curso (oferta + grupo).',
  description:
    'Lo correcto se registra y lo incorrecto se nombra por alumno y módulo. Un envío posterior reemplaza al anterior; el porcentaje de un módulo no puede bajar.',
  requestBody: {
    required: true,
    content: json({ anyOf: [ref('Envio'), ref('EnvioV1')] }, { pruebaOficial }),
  },
  responses: {
    '200': {
      description: 'Lo que pasó con el envío.',
      content: json(
        { anyOf: [ref('RespuestaAceptada'), ref('RespuestaConErrores'), ref('RespuestaError')] },
        { respuestaOk, respuestaError012, respuestaError025, tokenInvalido },
      ),
    },
    ...OTHER_STATUSES,
  },
};

const queryParameter = (name: string, required: boolean, description: string, schema: object) => ({
  name,
  in: 'query',
  required,
  description,
  schema,
});

const HISTORIAL_ENVIOS = {
  operationId: 'historialEnvios',
  tags: ['avance-sic'],
  summary: 'Lee lo que el servicio registró; es también la prueba de conexión.',
  description: 'Sin filtros, todos los procesos de la OTEC.',
  parameters: [
    queryParameter('rutOtec', true, 'RUT de la OTEC, sin puntos y con guion [S].', { type: 'string' }),
    queryParameter('idSistema', true, 'Siempre 1350 [S].', { type: 'integer', const: 1350 }),
    queryParameter('token', true, 'UUID en mayúsculas [S].', { type: 'string', format: 'uuid' }),
    queryParameter('fechaDesde', false, 'Primer día, AAAA-MM-DD, él incluido [I, A 8].', {
      type: 'string',
      format: 'date',
    }),
    queryParameter('codigo_externo', false, 'El codigoEnvio con que se envió [I].', { type: 'string' }),
    queryParameter('id_proceso', false, 'Número de un proceso [I].', { type: 'integer', minimum: 0 }),
  ],
  responses: {
    '200': {
      description: 'El historial, o que las credenciales no son válidas.',
      content: json({ anyOf: [ref('Historial'), ref('RespuestaError')] }, { historial, tokenInvalido }),
    },
    ...OTHER_STATUSES,
  },
};
