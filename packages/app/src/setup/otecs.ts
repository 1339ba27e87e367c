import { type Canal, channelName, RECIBE, VENTANA_OFICIAL } from '@puente-sic/engine';
import { formatRut, isValidRut, readRut, readToken } from '@puente-sic/protocol';
import { type Document, isMap, isSeq, type YAMLMap } from 'yaml';
import { entriesOf, listAt, put, rawAt } from '../config/edit.ts';
import { tokenName } from '../config/secrets.ts';
import { Failure } from '../failure.ts';
import type { Editing } from './editor.ts';
import type { CambioDeCanal, CambioDeOtec, CanalNuevo } from './shapes/otecs.ts';

/** A provider's RUT as a person typed it, in canonical form. */
export function readOtecRut(text: string): string {
  const rut = readRut(text);
  if (!rut) throw new Failure(`«${text}» no tiene la forma de un RUT.`, 'Escríbalo así: 77124930-2');
  if (isValidRut(rut)) return formatRut(rut);
  throw new Failure(
    `El dígito verificador de ${text} no corresponde a ese RUT.`,
    'Revise el RUT de la OTEC: el último dígito, después del guion.',
  );
}

/** Adds the provider where there is none of that RUT. */
export function changeOtec(editing: Editing, rut: string, change: CambioDeOtec): void {
  const { doc } = editing;
  const entry = findOtec(doc, rut) ?? addOtec(editing, rut);
  const { token, ventana, ...plain } = change;
  if (token !== undefined) {
    const read = readToken(token);
    if (!read) throw new Failure(NO_TOKEN.mensaje, NO_TOKEN.queHacer);
    editing.keep(tokenName(rut), read.token);
    put(doc, entry, { token: null, tokenArchivo: null });
  }
  put(doc, entry, { ...plain, ventana: ventana && (isOfficial(ventana) ? null : ventana) });
}

export function removeOtec({ doc, before, forget }: Editing, rut: string): void {
  const entry = requireOtec(doc, rut);
  const list = listAt(doc, 'otecs');
  list.items = list.items.filter((item) => item !== entry);
  const courses = doc.get('cursos');
  if (isSeq(courses)) {
    const only = before.otecs.length === 1 ? rut : undefined;
    courses.items = courses.items.filter((_, at) => (before.cursos?.[at]?.otec ?? only) !== rut);
    if (list.items.length === 0) doc.delete('cursos');
  }
  forget(tokenName(rut));
}

export function addCanal({ doc, before, secret }: Editing, rut: string, canal: CanalNuevo): void {
  const entry = requireOtec(doc, rut);
  const known = alertasOf(before, rut);
  if (canal.tipo === 'webhook' && !URL.canParse(canal.url)) {
    throw new Failure(
      'La dirección del webhook no es una dirección web.',
      'Cópiela entera de Slack, Teams u otro sistema: comienza con https://',
    );
  }
  const name = channelName(
    canal.tipo === 'webhook'
      ? { tipo: canal.tipo, url: canal.url }
      : { tipo: 'correo', servidor: '', puerto: 0, de: '', para: canal.para },
  );
  if (known.some((one) => channelName(one) === name)) {
    throw new Failure(`Ya se avisa por ${name}.`, 'Quítelo primero si quiere cambiarlo.');
  }
  const list = entry.get('alertas');
  const alertas = isSeq(list) ? list : doc.createNode([]);
  if (alertas !== list) entry.set('alertas', alertas);
  const made = doc.createNode({}) as YAMLMap;
  if (canal.tipo === 'webhook') {
    const { tipo, url, formato, clave } = canal;
    put(doc, made, { tipo, url: secret('URL_AVISOS', url), formato: formato === 'json' ? null : formato });
    put(doc, made, { clave: clave && secret('CLAVE_AVISOS', clave) });
  } else {
    const { tipo, servidor, puerto, tls, usuario, clave, de, para } = canal;
    put(doc, made, { tipo, servidor, puerto, tls: tls || null, usuario });
    put(doc, made, { clave: clave && secret('CLAVE_CORREO', clave), de, para });
  }
  put(doc, made, { recibe: recibeIn(canal.recibe) });
  alertas.add(made);
}

export function changeCanal({ doc, before }: Editing, rut: string, { nombre, recibe }: CambioDeCanal): void {
  const at = alertasOf(before, rut).findIndex((canal) => channelName(canal) === nombre);
  const list = requireOtec(doc, rut).get('alertas');
  const entry = at < 0 || !isSeq(list) ? undefined : list.get(at);
  if (!isMap(entry)) throw noCanal(nombre);
  put(doc, entry, { recibe: recibeIn(recibe) });
}

/** As it is written in puente.yaml: nothing where it is all. */
function recibeIn(recibe: CanalNuevo['recibe']): readonly string[] | null {
  return recibe === undefined || RECIBE.every((one) => recibe.includes(one)) ? null : [...new Set(recibe)];
}

export function removeCanal({ doc, before }: Editing, rut: string, nombre: string): void {
  const at = alertasOf(before, rut).findIndex((canal) => channelName(canal) === nombre);
  const list = requireOtec(doc, rut).get('alertas');
  if (at < 0 || !isSeq(list)) throw noCanal(nombre);
  list.delete(at);
}

export function noCanal(nombre: string): Failure {
  return new Failure(`Ya no se avisa por ${nombre}.`, 'Vuelva a la lista y elija otra vez.');
}

export function noOtec(rut: string): Failure {
  return new Failure(`La OTEC ${rut} no está en puente.`, 'Vuelva a la lista y elija otra vez.');
}

export function isOfficial({ desde, hasta }: { desde: string; hasta: string }): boolean {
  return desde === VENTANA_OFICIAL.desde && hasta === VENTANA_OFICIAL.hasta;
}

function alertasOf({ otecs }: Editing['before'], rut: string): Canal[] {
  return otecs.find((otec) => otec.rut === rut)?.alertas ?? [];
}

function findOtec(doc: Document, rut: string): YAMLMap | undefined {
  return entriesOf(listAt(doc, 'otecs')).find((entry) => {
    const read = readRut(rawAt(entry, 'rut') ?? '');
    return read && formatRut(read) === rut;
  });
}

function requireOtec(doc: Document, rut: string): YAMLMap {
  const entry = findOtec(doc, rut);
  if (entry === undefined) throw noOtec(rut);
  return entry;
}

function addOtec({ doc, before }: Editing, rut: string): YAMLMap {
  const [only, ...others] = before.otecs;
  // As long as there was one, its courses did not have to say whose they are.
  if (only && others.length === 0) {
    for (const course of entriesOf(listAt(doc, 'cursos'))) {
      if (rawAt(course, 'otec') === undefined) put(doc, course, { otec: only.rut });
    }
    if (before.cursos === undefined) doc.delete('cursos');
  }
  const entry = doc.createNode({ rut }) as YAMLMap;
  listAt(doc, 'otecs').add(entry);
  return entry;
}

const NO_TOKEN = {
  mensaje: 'El token no tiene la forma de un token de SENCE.',
  queHacer:
    'Es así: 5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220 (grupos de 8, 4, 4, 4 y 12 signos, del 0 al 9 y de la A a la F). Cópielo de nuevo desde https://sistemas.sence.cl/rts.',
};
