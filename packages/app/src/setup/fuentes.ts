import { type Document, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { entriesOf, listAt, put, rawAt } from '../config/edit.ts';
import { type FuenteSettings, PERSONAS_MOODLE } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { requireHostName, secretAgain, secretUncovered } from './database-address.ts';
import type { Editing } from './editor.ts';
import { isSameHost } from './gestor.ts';
import { byHand, entidadesFields, sqlFields } from './otros-lms.ts';
import type { FuenteNueva } from './shapes/fuentes.ts';

type Base = Omit<Extract<FuenteNueva, { tipo: 'moodle-bd' }>, 'nombre' | 'tipo' | 'sitio' | 'tls'>;

/** Adds the source where there is none of that name; a new name goes along to its courses. */
export function changeFuente(editing: Editing, nombre: string, fuente: FuenteNueva): void {
  const { doc, before } = editing;
  const taken = before.fuentes.some((one) => one.nombre === fuente.nombre);
  if (fuente.nombre !== nombre && taken) {
    throw new Failure(`Ya hay una fuente que se llama «${fuente.nombre}».`, 'Elija otro nombre.');
  }
  const list = listAt(doc, 'fuentes');
  const former = entriesOf(list).find((entry) => rawAt(entry, 'nombre') === nombre);
  const was = before.fuentes.find((one) => one.nombre === nombre);
  const entry = former ?? (doc.createNode({}) as YAMLMap);
  if (former === undefined) list.add(entry);
  const fields = fieldsOf(editing, fuente, former, was);
  if (was && was.tipo !== fuente.tipo) dropKind(entry, was.tipo, fuente.tipo);
  put(doc, entry, fields);
  if (fuente.nombre !== nombre) renameInCourses(doc, nombre, fuente.nombre);
}

/** Of another kind before: nothing of that stays, but what was said of a Moodle's people where it still is a Moodle. */
function dropKind(entry: YAMLMap, before: string, after: string): void {
  const isSameSite = [before, after].every((tipo) => tipo.startsWith('moodle-'));
  entry.items = entry.items.filter(
    ({ key }) => isSameSite && Object.hasOwn(PERSONAS_MOODLE, String(isScalar(key) ? key.value : key)),
  );
}

export function removeFuente({ doc }: Editing, nombre: string): void {
  const list = listAt(doc, 'fuentes');
  const kept = list.items.filter((item) => !isMap(item) || rawAt(item, 'nombre') !== nombre);
  if (kept.length === list.items.length) throw noFuente(nombre);
  list.items = kept;
  const courses = doc.get('cursos');
  if (!isSeq(courses)) return;
  courses.items = courses.items.filter((item) => !isMap(item) || rawAt(item, 'fuente') !== nombre);
  // With another source left, no entry at all would mean everything that it has.
  if (courses.items.length === 0 && kept.length === 0) doc.delete('cursos');
}

export function noFuente(nombre: string): Failure {
  return new Failure(`No hay una fuente que se llame «${nombre}».`, 'Vuelva a la lista y elija otra vez.');
}

function fieldsOf(
  editing: Editing,
  fuente: FuenteNueva,
  former: YAMLMap | undefined,
  was: FuenteSettings | undefined,
): Record<string, unknown> {
  const { nombre, tipo } = fuente;
  if (fuente.tipo === 'push') {
    if (was?.tipo !== tipo) throw byHand();
    return { nombre };
  }
  if (fuente.tipo === 'entidades') return entidadesFields(fuente);
  if (fuente.tipo === 'sql') return sqlFields(editing, fuente, former, was);
  if (fuente.tipo === 'archivo') return { nombre, tipo, ruta: fuente.ruta };
  if (fuente.tipo === 'moodle-bd') {
    const { prefijo, sitio, tls } = fuente;
    const known = was?.tipo === 'moodle-bd' ? { raw: former && rawAt(former, 'url'), url: was.url } : {};
    if (was?.tipo === 'moodle-bd' && was.tls && !tls && fuente.clave === undefined) throw secretUncovered();
    const url = databaseUrl(editing, nombre, fuente, known);
    return { nombre, tipo, url, prefijo: otherThanUsual(prefijo), sitio, tls: tls || null };
  }
  const { url, token, tiempo, informeInscripciones } = fuente;
  const raw = was?.tipo === 'moodle-ws' && former ? rawAt(former, 'token') : undefined;
  if (token === undefined && raw === undefined) {
    throw new Failure(
      'Falta el token del servicio web de Moodle.',
      'Cópielo de Moodle: Preferencias → Claves de seguridad.',
    );
  }
  return {
    ...{ nombre, tipo, url, informeInscripciones },
    token: token === undefined ? keptFor(url, was, raw) : editing.secret(`TOKEN_${nombre}`, token),
    tiempo: tiempo && tiempoOf(editing, nombre, tiempo, former, was),
  };
}

/** The token as it is written, where it goes to the site that it was given for. */
function keptFor(url: string, was: FuenteSettings | undefined, raw: string | undefined): string | undefined {
  const former = was?.tipo === 'moodle-ws' ? was.url : undefined;
  // What is no address is told when the whole is read.
  const isOther = URL.canParse(url) && former !== undefined && !isSameHost(url, former);
  if (isOther) throw secretAgain('el token del servicio web');
  return raw;
}

function tiempoOf(
  editing: Editing,
  nombre: string,
  tiempo: NonNullable<Extract<FuenteNueva, { tipo: 'moodle-ws' }>['tiempo']>,
  former: YAMLMap | undefined,
  was: FuenteSettings | undefined,
): object {
  if (tiempo.de === 'informe') return { informe: tiempo.numero };
  if (tiempo.de === 'csv') return { csv: tiempo.ruta };
  const known = was?.tipo === 'moodle-ws' ? was.tiempo?.baseDeDatos : undefined;
  const raw = former?.getIn(['tiempo', 'baseDeDatos', 'url']);
  const url = databaseUrl(editing, nombre, tiempo, {
    raw: typeof raw === 'string' ? raw : undefined,
    url: known?.url,
  });
  return { baseDeDatos: { url, prefijo: otherThanUsual(tiempo.prefijo) } };
}

/** The address with the password as a variable; where no new one was typed, with what stands in the file. */
function databaseUrl(
  { secret }: Editing,
  nombre: string,
  { motor, servidor, puerto, base, usuario, clave }: Base,
  known: { raw?: string | undefined; url?: string | undefined },
): string {
  requireHostName(servidor);
  if (clave === undefined && known.url !== undefined) {
    const { protocol, hostname, port } = new URL(known.url);
    const usual = /^postgres/.test(protocol) ? '5432' : '3306';
    const isOther = hostname !== servidor || (port || usual) !== String(puerto);
    if (isOther && knownPassword(known)) throw secretAgain('la clave de la base de datos');
  }
  const written = clave === undefined ? knownPassword(known) : undefined;
  const secretText =
    clave === undefined
      ? (written?.raw ?? (written && secret(`CLAVE_${nombre}`, written.plain)))
      : secret(`CLAVE_${nombre}`, encodeURIComponent(clave));
  const who = encodeURIComponent(usuario) + (secretText ? `:${secretText}` : '');
  return `${motor}://${who}@${servidor}:${puerto}/${encodeURIComponent(base)}`;
}

/** As it is written, where the address is; else the password of an address that is one variable. */
function knownPassword({ raw, url }: { raw?: string | undefined; url?: string | undefined }) {
  const inText = raw === undefined ? undefined : /^\w+:\/\/[^:@/]*:([^@]*)@/.exec(raw)?.[1];
  if (inText !== undefined) return { raw: inText, plain: '' };
  const plain = url === undefined ? '' : new URL(url).password;
  return plain === '' ? undefined : { raw: undefined, plain };
}

function otherThanUsual(prefijo: string): string | null {
  return prefijo === 'mdl_' ? null : prefijo;
}

function renameInCourses(doc: Document, from: string, to: string): void {
  const courses = doc.get('cursos');
  if (!isSeq(courses)) return;
  for (const entry of entriesOf(courses)) {
    if (rawAt(entry, 'fuente') === from) put(doc, entry, { fuente: to });
  }
}
