import { z } from 'zod';
import { newToken, otecChange, publication } from '../routes/admin-bodies.ts';

/** One address of this service that the real one does not have. */
export interface OwnOperation {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: string;
  summary: string;
  description?: string;
  /** Who may ask: an operator with the key, a provider with its RUT and token as well, or anybody. */
  who: 'operador' | 'otec' | 'cualquiera';
  parameters?: { name: string; in: 'path' | 'query'; description: string; required: boolean }[];
  body?: z.ZodType;
  /** HTTP status of success. */
  status: 200 | 201;
}

const RUT = { name: 'rut', in: 'path', description: 'RUT de la OTEC, 11222333-4.', required: true } as const;

/** Everything outside of the two official endpoints that answers JSON or text. */
export const OWN_OPERATIONS: OwnOperation[] = [
  { method: 'get', path: '/admin/otecs', summary: 'Las OTEC del registro.', who: 'operador', status: 200 },
  {
    method: 'patch',
    path: '/admin/otecs/{rut}',
    summary: 'Pone o quita la vigencia de una OTEC.',
    who: 'operador',
    parameters: [RUT],
    body: otecChange,
    status: 200,
  },
  {
    method: 'get',
    path: '/admin/otecs/{rut}/tokens',
    summary: 'Los tokens de una OTEC, sin su texto.',
    who: 'operador',
    parameters: [RUT],
    status: 200,
  },
  {
    method: 'post',
    path: '/admin/otecs/{rut}/tokens',
    summary: 'Agrega un token a una OTEC.',
    description: 'La respuesta es la única vez que se muestra.',
    who: 'operador',
    parameters: [RUT],
    body: newToken,
    status: 201,
  },
  {
    method: 'delete',
    path: '/admin/otecs/{rut}/tokens/{id}',
    summary: 'Revoca un token.',
    who: 'operador',
    parameters: [RUT, { name: 'id', in: 'path', description: 'Número del token.', required: true }],
    status: 200,
  },
  {
    method: 'post',
    path: '/admin/registro',
    summary: 'Importa un archivo de registro (JSON, o CSV con Content-Type text/csv).',
    description: 'Se puede repetir: informa lo agregado, cambiado y cerrado, y nunca borra historia.',
    who: 'operador',
    parameters: [
      {
        name: 'completo',
        in: 'query',
        description: '«si»: lo que el archivo no nombra se cierra.',
        required: false,
      },
    ],
    body: z.looseObject({}).meta({ description: 'El archivo de registro.' }),
    status: 200,
  },
  {
    method: 'get',
    path: '/admin/noches',
    summary: 'Los últimos procesos nocturnos.',
    who: 'operador',
    status: 200,
  },
  {
    method: 'post',
    path: '/admin/noches',
    summary: 'Corre el proceso nocturno de un día: lo aceptado pasa a SIC, una sola vez.',
    who: 'operador',
    body: publication,
    status: 200,
  },
  {
    method: 'get',
    path: '/sic/cursos',
    summary: 'Los cursos de los que SIC muestra algo.',
    who: 'otec',
    status: 200,
  },
  {
    method: 'get',
    path: '/sic/curso',
    summary: 'Lo que SIC muestra de un curso, por alumno y módulo.',
    who: 'otec',
    parameters: [
      { name: 'codigoOferta', in: 'query', description: 'Código de la oferta.', required: true },
      { name: 'codigoGrupo', in: 'query', description: 'Código del grupo.', required: true },
    ],
    status: 200,
  },
  {
    method: 'get',
    path: '/salud',
    summary: 'Si este proceso atiende y su base de datos recibe lo que se escribe; si no, 503.',
    who: 'cualquiera',
    status: 200,
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'Medidas del proceso, en el formato de Prometheus.',
    who: 'cualquiera',
    status: 200,
  },
];
