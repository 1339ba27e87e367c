import { createHash, randomUUID } from 'node:crypto';
import type { Issue } from '@puente-sic/protocol';
import { isBroken, isRounded } from '../entidades/cells.ts';
import { clockOf } from '../entidades/read.ts';
import { type RowOf, RowReader } from '../entidades/rows.ts';
import { assertOwn, type DeliveryTerms, keyTwice, tooMany, wrongData } from './receive-course.ts';
import { badForm, type DeliveryFault, isRecord, Rejection } from './rejection.ts';
import { Contradiction, type Inbox, type PushedClick } from './store.ts';

export interface ClicksReceipt {
  lote: string;
  nuevos: number;
  /** They had come before. */
  repetidos: number;
}

/** Clicks in one batch. */
export const MAX_CLICKS = 10_000;

/**
 * Takes a batch of clicks, all of it or nothing; it is on the disk when this returns. Twice is once, by the id of each.
 * `mark`: what {@link repeatedClicks} knows the batch by when it comes again.
 * @throws Rejection with each row that is wrong.
 */
export function receiveClicks(
  inbox: Inbox,
  rows: unknown,
  { now, zone, idempotencyKey, cursos }: DeliveryTerms,
  mark?: string,
): ClicksReceipt {
  const key = idempotencyKey === undefined ? null : `POST ${idempotencyKey}`;
  const hash = key === null ? '' : hashOf(JSON.stringify([zone, rows]));
  const given = key === null ? null : inbox.answer(key);
  if (given && given.hash !== hash) throw keyTwice();
  if (given) return JSON.parse(given.answer) as ClicksReceipt;
  const clicks = clicksIn(rows, zone);
  assertOwn(coursesOf(clicks), cursos);
  return inbox.transaction(() => {
    const nuevos = addAll(inbox, clicks);
    const receipt = { lote: randomUUID(), nuevos, repetidos: clicks.length - nuevos };
    const answer = JSON.stringify(receipt);
    if (mark !== undefined) inbox.keepAnswer(mark, mark, answer, now);
    if (key !== null) inbox.keepAnswer(key, hash, answer, now);
    return receipt;
  });
}

/** What a batch is known by, byte for byte, as it was taken from one who may deliver these courses. */
export function markOfClicks(bytes: Uint8Array, { zone, cursos }: DeliveryTerms): string {
  const hash = createHash('sha256').update(JSON.stringify([zone, cursos]));
  return `CLICS ${hash.update('\n').update(bytes).digest('hex')}`;
}

/**
 * The answer to a batch that came whole before: it has nothing new, and need not be looked at row by row. Null: it did
 * not, or somebody's clicks were erased since, which forgets answers with them.
 */
export function repeatedClicks(inbox: Inbox, mark: string): ClicksReceipt | null {
  const before = inbox.answer(mark);
  if (before === null) return null;
  const { lote, nuevos, repetidos } = JSON.parse(before.answer) as ClicksReceipt;
  return { lote, nuevos: 0, repetidos: nuevos + repetidos };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function coursesOf(clicks: readonly PushedClick[]): Set<string> {
  return new Set(clicks.map(({ course }) => course));
}

/** How many are new. @throws Rejection where an id came before with other content. */
export function addAll(inbox: Inbox, clicks: readonly PushedClick[]): number {
  let added = 0;
  for (const [index, click] of clicks.entries())
    try {
      if (inbox.addClick(click)) added++;
    } catch (error) {
      if (!(error instanceof Contradiction)) throw error;
      throw wrongData([
        {
          lugar: `clics, fila ${index + 1}, columna id`,
          mensaje: 'Un clic con ese id ya llegó, con otro contenido.',
          queHacer: 'Dé a cada clic un id propio, y el mismo solo para repetirlo.',
        },
      ]);
    }
  return added;
}

/** @throws Rejection */
function clicksIn(rows: unknown, zone: string | undefined): PushedClick[] {
  if (!Array.isArray(rows) || !rows.every(isRecord))
    throw badForm('El cuerpo no es una lista de clics: un objeto JSON por línea, o una lista de objetos.');
  if (rows.length > MAX_CLICKS) throw tooMany(rows.length);
  const faults: DeliveryFault[] = [];
  const clicks: PushedClick[] = [];
  let id = '';
  const take = ({ curso, alumno, modulo, actividad, instante, place }: RowOf<'clics'>): void => {
    if (instante === null)
      faults.push({
        lugar: place(),
        mensaje: 'El clic no dice cuándo fue.',
        queHacer: 'Escriba `instante`.',
      });
    else clicks.push({ id, course: curso, person: alumno, modulo, actividad, moment: instante });
  };
  const reader = new RowReader<'clics'>(
    { entity: 'clics', place: 'clics', read: async () => {} },
    clockOf(zone),
    {
      wants: () => true,
      extra: () => {},
      bad: ({ issue }) => faults.push(faultOf(issue(''))),
    },
    take,
  );
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'id');
  if (rows.length > 0) readColumns(reader, names);
  for (const [index, row] of rows.entries()) {
    id = typeof row.id === 'string' || typeof row.id === 'number' ? String(row.id).trim() : '';
    if (id === '' || id.length > 200 || isBroken(id) || (typeof row.id === 'number' && isRounded(row.id)))
      faults.push({
        lugar: `clics, fila ${index + 1}, columna id`,
        mensaje:
          'El clic no trae `id`, o tiene más de 200 signos o alguno que no es texto, o es un número tan largo que pierde cifras.',
        queHacer:
          'Dé a cada clic un id propio, entre comillas: con él, repetir una entrega no lo cuenta dos veces.',
      });
    else
      reader.row(
        names.map((name) => row[name]),
        index + 1,
      );
  }
  if (faults.length > 0) throw wrongData(faults);
  return clicks;
}

function readColumns(reader: RowReader<'clics'>, names: string[]): void {
  try {
    reader.columns(names);
  } catch (error) {
    if (!(error instanceof Error) || !('fix' in error)) throw error;
    throw new Rejection('datos', error.message, String(error.fix));
  }
}

function faultOf({ message, fix, place = '' }: Issue): DeliveryFault {
  return { lugar: place, mensaje: message, queHacer: fix };
}
