import { isObject, type JsonObject } from '../judge/values.ts';
import { rutOf } from './call.ts';
import { OTEC_KIT } from './otec.ts';

/** What the API names, level by level. [S, I] */
const FIELDS = {
  curso: [
    'rutOtec',
    'idSistema',
    'token',
    'codigoOferta',
    'codigoGrupo',
    'codigoEnvio',
    'cantActividadSincronica',
    'cantActividadAsincronica',
    'listaAlumnos',
  ],
  alumno: [
    'rutAlumno',
    'dvAlumno',
    'tiempoConectividad',
    'estado',
    'porcentajeAvance',
    'fechaInicio',
    'fechaFin',
    'fechaEjecucion',
    'evaluacionFinal',
    'listaModulos',
  ],
  modulo: [
    'codigoModulo',
    'tiempoConectividad',
    'porcentajeAvance',
    'estado',
    'fechaInicio',
    'fechaFin',
    'notaModulo',
    'cantActividadSincronica',
    'cantActividadAsincronica',
    'listaActividades',
  ],
  actividad: ['codigoActividad'],
} as const;

type Level = keyof typeof FIELDS;

/** A body as the kit keeps it: its record is handed on, so nothing of real people may be in it. */
export interface OwnBody {
  cuerpo: JsonObject;
  camposAjenos: string[];
}

/**
 * Leaves out of a body its token, every field that the API does not name and every RUT that is not one of the sheet's;
 * tells the names of the fields, and a foreign student stays as `(ajeno)`.
 */
export function ownBody(body: JsonObject, isOfSheet: (rut: string) => boolean): OwnBody {
  const camposAjenos = new Set<string>();
  const keep = (level: Level, value: JsonObject, also: JsonObject): JsonObject => {
    const known: readonly string[] = FIELDS[level];
    const own: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(value)) {
      if (!known.includes(name)) camposAjenos.add(`${level}.${name.slice(0, 40)}`);
      else if (name !== 'token') own[name] = field;
    }
    return { ...own, ...also };
  };
  const each = (value: unknown, write: (item: JsonObject) => JsonObject): unknown =>
    Array.isArray(value) ? value.map((item: unknown) => (isObject(item) ? write(item) : null)) : null;
  const list = (parent: JsonObject, name: string, write: (item: JsonObject) => JsonObject): JsonObject =>
    parent[name] === undefined ? {} : { [name]: each(parent[name], write) };

  const actividad = (value: JsonObject) => keep('actividad', value, {});
  const modulo = (value: JsonObject) => keep('modulo', value, list(value, 'listaActividades', actividad));
  const alumno = (value: JsonObject) =>
    keep('alumno', value, {
      ...list(value, 'listaModulos', modulo),
      ...(isOfSheet(rutOf(value)) ? {} : { rutAlumno: AJENO, dvAlumno: '' }),
    });
  const cuerpo = keep('curso', body, list(body, 'listaAlumnos', alumno));
  const clean = withoutTokens(cuerpo);
  if (clean !== cuerpo) camposAjenos.add('el token, fuera de su campo');
  return { cuerpo: clean, camposAjenos: [...camposAjenos].slice(0, 40) };
}

export const AJENO = '(ajeno)';

/** The sheet's tokens in any other field, too. */
function withoutTokens(cuerpo: JsonObject): JsonObject {
  const text = JSON.stringify(cuerpo);
  const clean = text.replace(TOKENS, '(token)');
  const kept: unknown = clean === text ? cuerpo : JSON.parse(clean);
  return isObject(kept) ? kept : {};
}

const TOKENS = new RegExp(`${OTEC_KIT.token}|${OTEC_KIT.tokenMalo}`, 'gi');
