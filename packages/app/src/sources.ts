import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EntitySource, MoodleBd, MoodleRules, MoodleWs, Source, WsTime } from '@puente-sic/sources';
import type { FuenteSettings, Settings } from './config/settings.ts';
import { Failure } from './failure.ts';
import type { Host } from './host.ts';
import { type SelectionOptions, stateFolder } from './options.ts';
import { readAll, STDIN } from './stdin.ts';

/** What a command reads: the file that was named, else every source of puente.yaml. The caller closes them. */
export async function openSources(
  host: Host,
  settings: Settings,
  { archivo, datos }: Pick<SelectionOptions, 'archivo' | 'datos'>,
): Promise<Source[]> {
  const { archivoSource } = await import('@puente-sic/sources');
  if (archivo === '-')
    return [archivoSource({ name: STDIN, ruta: STDIN, contenido: await readAll(host.stdin) })];
  if (archivo !== undefined) {
    const ruta = path.resolve(archivo);
    return [archivoSource({ name: path.basename(archivo), ruta, ...answersAbout(ruta, settings) })];
  }
  if (settings.fuentes.length === 0) {
    throw new Failure(
      'No se sabe de dónde leer el avance.',
      'Diga --archivo, o escriba «fuentes» en puente.yaml. «puente plantilla» escribe una planilla de ejemplo.',
    );
  }
  const place = placeOf(host, settings, stateFolder(datos, host.env));
  const sources: Source[] = [];
  try {
    for (const fuente of settings.fuentes) sources.push(await openSource(fuente, place));
    return sources;
  } catch (error) {
    for (const source of sources) await source.close();
    throw error;
  }
}

/** What was answered about the columns of a file that a source of puente.yaml reads too. */
export function answersAbout(ruta: string, { fuentes, reglas }: Settings) {
  const fuente = fuentes.find(
    (each) => each.tipo === 'archivo' && [ruta, path.dirname(ruta)].includes(path.resolve(each.ruta)),
  );
  const columnas = fuente?.tipo === 'archivo' ? fuente.columnas : undefined;
  const { exigencia } = reglas;
  return { ...(columnas && { columnas }), ...(exigencia !== undefined && { exigencia }) };
}

/** What every source of puente.yaml gets besides its own settings. */
export interface Place {
  reglas: Partial<MoodleRules>;
  /** Where a source keeps what former nights counted; none before the first send, which makes it. */
  stateDir?: string;
  clock: () => Date;
}

export function placeOf({ clock }: Host, { reglas }: Settings, stateDir: string): Place {
  return { reglas, clock, ...(existsSync(stateDir) && { stateDir }) };
}

/** `contenido`: what a file of queries holds that is not on the disk yet. */
export async function openSource(fuente: FuenteSettings, place: Place, contenido?: string): Promise<Source> {
  const { archivoSource } = await import('@puente-sic/sources');
  if (fuente.tipo === 'archivo') {
    const { nombre: name, tipo: _, ...own } = fuente;
    const { exigencia } = place.reglas;
    return archivoSource({ name, ...own, ...(exigencia !== undefined && { exigencia }) });
  }
  return isMoodle(fuente) ? openMoodle(fuente, place) : openEntities(fuente, place, contenido);
}

/** An LMS of puente.yaml that is read by entities. `contenido`: as for {@link openSource}. */
export async function openEntities(
  fuente: FuenteEntidades,
  place: Place,
  contenido?: string,
): Promise<EntitySource> {
  const { entidadesSource, pushSource, sqlSource } = await import('@puente-sic/sources');
  if (fuente.tipo === 'push') {
    const { nombre: name, tipo: _, webhook: __, ...own } = fuente;
    return pushSource({ name, ...own, ...place });
  }
  if (fuente.tipo === 'sql') {
    const { nombre: name, tipo: _, ...own } = fuente;
    return sqlSource({ name, ...own, ...place, ...(contenido !== undefined && { contenido }) });
  }
  const { nombre: name, tipo: _, ...own } = fuente;
  return entidadesSource({ name, ...own, reglas: place.reglas });
}

export type FuenteMoodle = Extract<FuenteSettings, { tipo: 'moodle-bd' | 'moodle-ws' }>;
export type FuenteEntidades = Extract<FuenteSettings, { tipo: 'entidades' | 'sql' | 'push' }>;
type FuenteWs = Extract<FuenteSettings, { tipo: 'moodle-ws' }>;

export function isMoodle(fuente: FuenteSettings): fuente is FuenteMoodle {
  return fuente.tipo === 'moodle-bd' || fuente.tipo === 'moodle-ws';
}

/** A Moodle of puente.yaml. */
export async function openMoodle(fuente: FuenteMoodle, place: Place): Promise<MoodleBd | MoodleWs> {
  const { moodleBdSource, moodleWsSource } = await import('@puente-sic/sources');
  const { camposRut, gruposExentos } = fuente;
  const reglas = {
    ...place.reglas,
    ...(camposRut && { camposRut }),
    ...(gruposExentos && { gruposExentos }),
  };
  if (fuente.tipo === 'moodle-bd') {
    const { nombre: name, tipo: _, camposRut: __, gruposExentos: ___, ...own } = fuente;
    return moodleBdSource({ name, ...own, ...place, reglas });
  }
  const { nombre: name, tipo: _, camposRut: __, gruposExentos: ___, tiempo, ...own } = fuente;
  const time = tiempo && timeOf(tiempo);
  return moodleWsSource({ name, ...own, ...(time && { tiempo: time }), ...place, reglas });
}

/** The schema lets exactly one of them through. */
function timeOf({ baseDeDatos, csv, informe }: NonNullable<FuenteWs['tiempo']>): WsTime | undefined {
  if (baseDeDatos) return { baseDeDatos };
  if (csv !== undefined) return { csv };
  return informe === undefined ? undefined : { informe };
}
