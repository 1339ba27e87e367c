import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type Canal,
  channelName,
  hasSecret,
  type Ledger,
  RECIBE,
  RESUMEN_A,
  VENTANA_OFICIAL,
} from '@puente-sic/engine';
import { BASE_URL, readToken } from '@puente-sic/protocol';
import { COURSES_CHOSEN, wasDone } from '../accounts/bitacora.ts';
import { whyReadOnly } from '../config/edit.ts';
import type { Loaded } from '../config/load.ts';
import { tokenName } from '../config/secrets.ts';
import { DEFAULT_CONFIG, type FuenteSettings, type Settings } from '../config/settings.ts';
import { pastedText } from './consultas.ts';
import type { SetupPlace } from './editor.ts';
import { isOfficial } from './otecs.ts';
import { isCovered, partsOf, sqliteFileOf } from './otros-lms.ts';
import type { FuenteInstalada } from './shapes/fuentes.ts';
import type { Instalacion } from './shapes/instalacion.ts';
import type { CanalVisto, OtecInstalada } from './shapes/otecs.ts';

type OtecSettings = Settings['otecs'][number];

/** What puente.yaml says, as the panel shows it: without any secret. */
export async function viewOf(
  { settings, fromVariables }: Loaded,
  { options, ledger, host }: SetupPlace,
): Promise<Instalacion> {
  const { DEFAULT_RULES } = await import('@puente-sic/sources');
  const { GRACIA_DIAS } = await import('@puente-sic/engine');
  const archivo = path.resolve(options.config ?? DEFAULT_CONFIG);
  const { gestor, otecs, fuentes, cursos, reglas } = settings;
  const [only] = otecs;
  const seen = await Promise.all(
    otecs.map(async (otec, at): Promise<OtecInstalada> => {
      const { rut, nombre = null, ventana = VENTANA_OFICIAL, graciaDias = GRACIA_DIAS } = otec;
      const { tardio = 'perder', resumenA = RESUMEN_A, alertas = [] } = otec;
      const tokenDe = await tokenSource(
        otec,
        ledger,
        fromVariables.has(`otecs.${at}.token`),
        otecs.length === 1 ? host.env.SENCE_TOKEN : undefined,
      );
      const ventanaOficial = isOfficial(ventana);
      const shown = { rut, nombre, tokenDe, ventana, ventanaOficial, graciaDias, tardio, resumenA };
      return { ...shown, alertas: alertas.map(canalOf) };
    }),
  );
  const { avanceAprobacion, notaAprobacion, minutosEntreClics, exigencia } = { ...DEFAULT_RULES, ...reglas };
  return {
    archivo,
    soloLectura: await whyReadOnly(options.config),
    gestor,
    gestorOficial: gestor === BASE_URL,
    otecs: seen,
    fuentes: await Promise.all(fuentes.map((fuente) => fuenteOf(fuente, path.dirname(archivo)))),
    cursos: cursos?.map(({ otec, ...curso }) => ({ ...curso, rutOtec: otec ?? only?.rut ?? '' })) ?? null,
    cursosElegidos: cursos !== undefined || (await wasDone(ledger, COURSES_CHOSEN)),
    reglas: { avanceAprobacion, notaAprobacion, minutosEntreClics, exigencia: exigencia ?? null },
    falta: missing(settings, seen),
  };
}

function missing({ otecs, fuentes, cursos }: Settings, seen: readonly OtecInstalada[]): Instalacion['falta'] {
  const canBeSent = fuentes.some((fuente) => fuente.tipo !== 'moodle-ws' || fuente.tiempo !== undefined);
  const noCourses = cursos === undefined ? otecs.length > 1 : cursos.length === 0;
  return [
    ...(otecs.length === 0 ? (['otec'] as const) : []),
    ...(seen.length === 0 || seen.some(({ tokenDe }) => tokenDe === null) ? (['token'] as const) : []),
    ...(canBeSent ? [] : (['fuente'] as const)),
    ...(noCourses ? (['cursos'] as const) : []),
  ];
}

/** In the order in which the program looks for it. */
async function tokenSource(
  { rut, token, tokenArchivo }: OtecSettings,
  ledger: Ledger,
  isVariable: boolean,
  shared: string | undefined,
): Promise<OtecInstalada['tokenDe']> {
  if (token !== undefined) return isVariable ? 'variable' : 'escrito';
  if (tokenArchivo !== undefined) return 'archivo';
  if (await hasSecret(ledger, tokenName(rut))) return 'guardado';
  return shared && readToken(shared) ? 'variable' : null;
}

function canalOf(canal: Canal): CanalVisto {
  const common = { nombre: channelName(canal), recibe: [...(canal.recibe ?? RECIBE)] };
  if (canal.tipo === 'webhook') return { ...common, tipo: canal.tipo, formato: canal.formato ?? 'json' };
  const { tipo, servidor, puerto, tls = false, usuario = null, clave, de, para } = canal;
  return { ...common, tipo, servidor, puerto, tls, usuario, conClave: clave !== undefined, de, para };
}

async function fuenteOf(fuente: FuenteSettings, folder: string): Promise<FuenteInstalada> {
  const { nombre } = fuente;
  if (fuente.tipo === 'archivo') {
    const vacia = await isEmptyOfFiles(fuente.ruta);
    return { nombre, tipo: fuente.tipo, ruta: asWritten(fuente.ruta, folder), vacia };
  }
  if (fuente.tipo === 'entidades')
    return { nombre, tipo: fuente.tipo, ruta: asWritten(fuente.ruta, folder), ...commonOf(fuente) };
  if (fuente.tipo === 'push') return { nombre, tipo: fuente.tipo, donde: 'lo que entrega la plataforma' };
  if (fuente.tipo === 'sql') return { nombre, ...sqlOf(fuente, folder) };
  if (fuente.tipo === 'moodle-bd') {
    const { tipo, url, prefijo, sitio = null, tls = false } = fuente;
    return { nombre, tipo, ...databaseOf(url, prefijo), sitio, tls };
  }
  const { tipo, url, token, tiempo, informeInscripciones = null } = fuente;
  const common = { nombre, tipo, url, conToken: token !== '', informeInscripciones };
  if (tiempo?.baseDeDatos) {
    const { url: address, prefijo } = tiempo.baseDeDatos;
    return { ...common, tiempo: { de: 'base-de-datos', ...databaseOf(address, prefijo) } };
  }
  if (tiempo?.csv !== undefined) {
    return { ...common, tiempo: { de: 'csv', ruta: asWritten(tiempo.csv, folder) } };
  }
  if (tiempo?.informe !== undefined) return { ...common, tiempo: { de: 'informe', numero: tiempo.informe } };
  return { ...common, tiempo: null };
}

function sqlOf(fuente: Extract<FuenteSettings, { tipo: 'sql' }>, folder: string) {
  const { tipo, url, clave, tls, receta, parametros = {}, consultas = '', registro } = fuente;
  const file = sqliteFileOf(url);
  const text = receta === undefined ? pastedText(consultas, folder) : null;
  return {
    tipo,
    base: file === null ? serverOf(url) : { motor: 'sqlite' as const, archivo: asWritten(file, folder) },
    lectura:
      receta !== undefined
        ? { de: 'receta' as const, receta, parametros }
        : text === null
          ? { de: 'archivo' as const, ruta: asWritten(consultas, folder) }
          : { de: 'texto' as const, texto: text },
    ...(registro !== undefined && { registro: asWritten(registro, folder) }),
    ...commonOf(fuente),
  };

  function serverOf(address: string) {
    const { clave: inUrl, ...parts } = partsOf(address);
    return { ...parts, tls: isCovered({ url: address, tls }), conClave: (clave ?? inUrl) !== '' };
  }
}

function commonOf({ zonaHoraria, columnas = {} }: { zonaHoraria?: string; columnas?: Columnas }) {
  return { zonaHoraria: zonaHoraria ?? null, columnas };
}

type Columnas = Record<string, Record<string, string>>;

function databaseOf(url: string, prefijo = 'mdl_') {
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  const motor = protocol.startsWith('postgres') ? ('postgres' as const) : ('mariadb' as const);
  return {
    motor,
    servidor: hostname,
    puerto: port === '' ? (motor === 'postgres' ? 5432 : 3306) : Number(port),
    base: decodeURIComponent(pathname.slice(1)),
    usuario: decodeURIComponent(username),
    prefijo,
    conClave: password !== '',
  };
}

const OF_PROGRESS = /^[^.~].*\.(csv|xlsx|ods|json)$/i;

/** Only what was seen to be empty: of a folder that cannot be looked into nobody knows. */
async function isEmptyOfFiles(ruta: string): Promise<boolean> {
  try {
    if (!(await stat(ruta)).isDirectory()) return false;
    return !(await readdir(ruta)).some((name) => OF_PROGRESS.test(name));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}

/** Relative to the folder of puente.yaml where it lies in it. */
function asWritten(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  const isOutside = relative.startsWith('..') || path.isAbsolute(relative);
  return isOutside ? file : `./${relative.replaceAll(path.sep, '/')}`;
}
