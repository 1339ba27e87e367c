import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { santiagoDate } from '@puente-sic/protocol';
import {
  countPending,
  findArchivo,
  markBorrado,
  monthsBefore,
  noteArchivo,
  unfinishedArchivos,
} from '../store/archivo.ts';
import { type Archivado, LateError, type Store } from '../store/store.ts';
import { ArchivoError } from './error.ts';
import { syncFolder, writeMonth } from './escribir.ts';
import { type Manifiesto, PROCESOS, REGISTROS } from './manifiesto.ts';
import { huellaOf, verifyMonth } from './verificar.ts';

export interface ArchiveOptions {
  store: Store;
  clock: () => Date;
  /** `YYYY-MM`: the first month that stays. */
  antesDe: string;
  /** Folder that gets one folder for each month. */
  destino: string;
}

export interface MesArchivado {
  mes: string;
  procesos: number;
  registros: number;
  carpeta: string;
  /** Of its files. */
  bytes: number;
}

/**
 * Writes the months before another one to files, reads each back, and only then takes it out of the store. It may die
 * at any moment and be run again: a month stands in the store until its files have been written, checked and noted
 * down. One run at a time.
 * @throws ArchivoError for a month that has to stay, or an archive that is there and holds something else.
 */
export async function archiveBefore(options: ArchiveOptions): Promise<MesArchivado[]> {
  const { store, clock, antesDe } = options;
  requireOld(antesDe, clock());
  const done = await store.tryLock('archivo', () => archiveAll(options));
  if (done) return done;
  throw new ArchivoError('Otro proceso está archivando en este momento.', 'Espere a que termine y repita.');
}

/** What providers still ask about stays: an uncertain send is settled by the history. */
function requireOld(antesDe: string, now: Date): void {
  const [year = 0, month = 1] = santiagoDate(now).split('-').map(Number);
  const former = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
  if (antesDe <= former) return;
  throw new ArchivoError(
    `No se archiva nada desde ${former}: el mes en curso y el anterior se quedan en la base.`,
    `Use a lo más --antes-de ${former}.`,
  );
}

async function archiveAll({ store, clock, antesDe, destino }: ArchiveOptions): Promise<MesArchivado[]> {
  const done: MesArchivado[] = [];
  for (const { mes, carpeta, huella } of await unfinishedArchivos(store.db)) {
    const { manifiesto, huella: now, problemas } = await verifyMonth(carpeta);
    if (manifiesto === null || now !== huella || problemas.length > 0)
      throw lostArchive(mes, carpeta, problemas);
    await drop(store, manifiesto, clock());
    done.push(reportOf(manifiesto, carpeta));
  }
  for (const mes of await monthsBefore(store.db, antesDe))
    done.push(await archive(mes, store, clock, destino));
  return done;
}

async function archive(mes: string, store: Store, clock: () => Date, destino: string): Promise<MesArchivado> {
  const { db } = store;
  const before = await findArchivo(db, mes);
  if (before) throw late(mes, before.carpeta);
  const pending = await countPending(db, mes);
  if (pending > 0) {
    throw new ArchivoError(
      `De ${mes} hay ${pending} procesos que todavía no pasan a SIC.`,
      'Publíquelos antes, con «puente gestor publicar», y repita.',
    );
  }
  const carpeta = resolve(destino, mes);
  const draft = resolve(destino, `.${mes}`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const { manifiesto, otecs } = await writeMonth(db, mes, draft);
  const { problemas } = await verifyMonth(draft);
  if (problemas.length > 0) {
    throw new ArchivoError(
      `Lo escrito de ${mes} no se puede leer igual: ${problemas.join(' ')} No se borró nada.`,
      'Revise el disco de esa carpeta, o use otra con --destino, y repita.',
    );
  }
  await settle(draft, carpeta, manifiesto);
  await syncFolder(resolve(destino));
  await noteArchivo(
    db,
    {
      // Of what is there now, which may be an earlier run's.
      ...{ mes, carpeta, huella: await huellaOf(carpeta), escritoEn: clock().getTime(), borradoEn: null },
      procesos: manifiesto.procesos,
      registros: manifiesto.registros,
      hastaId: manifiesto.hastaId,
      ultimaNoche: manifiesto.ultimaNoche,
    },
    otecs,
  );
  await drop(store, manifiesto, clock());
  return reportOf(manifiesto, carpeta);
}

/** Gives a draft its name. What an earlier run left there stays where it holds the same; nothing is written over. */
async function settle(draft: string, carpeta: string, { archivos }: Manifiesto): Promise<void> {
  if (!(await exists(carpeta))) return rename(draft, carpeta);
  const there = await verifyMonth(carpeta);
  const holdsSame = ([PROCESOS, REGISTROS] as const).every(
    (name) => there.manifiesto?.archivos[name].sha256Texto === archivos[name].sha256Texto,
  );
  if (there.problemas.length > 0 || !holdsSame) {
    throw new ArchivoError(
      `En ${carpeta} ya hay algo, y no es lo que hay en la base. No se tocó ni se borró nada.`,
      'Muévala a otro lugar, o use otra carpeta con --destino, y repita.',
    );
  }
  await rm(draft, { recursive: true, force: true });
}

async function drop(store: Store, { mes, procesos, hastaId }: Archivado, now: Date): Promise<void> {
  try {
    await store.dropMonth({ mes, procesos, hastaId });
  } catch (error) {
    if (error instanceof LateError) throw late(mes, '', error);
    throw error;
  }
  await markBorrado(store.db, mes, now);
}

function late(mes: string, carpeta: string, cause?: unknown): ArchivoError {
  return new ArchivoError(
    `De ${mes} llegaron procesos después de archivarlo${carpeta && ` en ${carpeta}`}: eso no se borra.`,
    'Revise si el reloj del servicio estuvo atrasado o si se restauró un respaldo, y pida ayuda antes de borrar algo a mano.',
    { cause },
  );
}

function lostArchive(mes: string, carpeta: string, problemas: string[]): ArchivoError {
  return new ArchivoError(
    `El archivo de ${mes} en ${carpeta} ya no es el que se escribió. ${problemas.join(' ')} Lo que queda de ese mes en la base no se borra.`,
    'Vuelva a poner esa carpeta tal como estaba y repita.',
  );
}

function reportOf({ mes, procesos, registros, archivos }: Manifiesto, carpeta: string): MesArchivado {
  return { mes, procesos, registros, carpeta, bytes: archivos[PROCESOS].bytes + archivos[REGISTROS].bytes };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
