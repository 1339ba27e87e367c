import { createHash, randomUUID } from 'node:crypto';
import { isBroken } from '../entidades/cells.ts';
import { readMoment } from '../entidades/moments.ts';
import { addAll, coursesOf } from './receive-clicks.ts';
import { assertOwn, type DeliveryTerms, keyTwice, tooMany, wrongData } from './receive-course.ts';
import { badForm, type DeliveryFault, isRecord } from './rejection.ts';
import type { Inbox, PushedClick, PushedCompletion } from './store.ts';

export interface StatementsReceipt {
  lote: string;
  /** Seen: clicks that had not come before. */
  clics: number;
  /** Completed. */
  avances: number;
  /** Of verbs that mean neither. */
  sinUso: number;
}

/** By the last piece of a verb's address, whoever published it. */
const SEEN = new Set([
  'experienced',
  'viewed',
  'launched',
  'initialized',
  'attempted',
  'answered',
  'interacted',
  'progressed',
  'played',
  'paused',
  'seeked',
  'suspended',
  'resumed',
  'exited',
  'terminated',
  'logged-in',
  'asked',
  'commented',
  'shared',
]);
/** They are clicks, too. */
const COMPLETED = new Set(['completed', 'passed', 'mastered']);

const MAX_STATEMENTS = 10_000;

/**
 * Takes xAPI statements, all of them or nothing. Who: `actor.account.name`; which course: the first of
 * `context.contextActivities.grouping`, else of `parent`; which activity: `object.id`. Each as it stands there.
 * @throws Rejection with each statement that is wrong.
 */
export function receiveStatements(
  inbox: Inbox,
  content: unknown,
  { now, idempotencyKey, cursos }: DeliveryTerms,
): StatementsReceipt {
  const statements = Array.isArray(content) ? content : [content];
  if (!statements.every(isRecord))
    throw badForm('El cuerpo no es un statement de xAPI ni una lista de ellos.');
  if (statements.length > MAX_STATEMENTS) throw tooMany(statements.length);
  const { clicks, completions, unused, faults } = readAll(statements);
  if (faults.length > 0) throw wrongData(faults);
  assertOwn(coursesOf(clicks), cursos);
  const hash = createHash('sha256').update(JSON.stringify(statements)).digest('hex');
  return inbox.transaction(() => {
    const given = idempotencyKey === undefined ? null : inbox.answer(`XAPI ${idempotencyKey}`);
    if (given && given.hash !== hash) throw keyTwice();
    if (given) return JSON.parse(given.answer) as StatementsReceipt;
    const added = addAll(inbox, clicks);
    for (const completion of completions) inbox.addCompletion(completion);
    const receipt = { lote: randomUUID(), clics: added, avances: completions.length, sinUso: unused };
    if (idempotencyKey !== undefined)
      inbox.keepAnswer(`XAPI ${idempotencyKey}`, hash, JSON.stringify(receipt), now);
    return receipt;
  });
}

function readAll(statements: readonly Record<string, unknown>[]) {
  const clicks: PushedClick[] = [];
  const completions: PushedCompletion[] = [];
  const faults: DeliveryFault[] = [];
  let unused = 0;
  for (const [index, statement] of statements.entries()) {
    const verb = verbOf(statement);
    if (!SEEN.has(verb) && !COMPLETED.has(verb)) {
      unused++;
      continue;
    }
    const read = readStatement(statement);
    if (typeof read === 'string') {
      faults.push({
        lugar: `statement ${index + 1}, ${read}`,
        mensaje: `El statement no trae \`${read}\` como debe.`,
        queHacer: 'docs/entregas.md dice qué se lee de cada statement.',
      });
      continue;
    }
    const { id, course, person, actividad, moment } = read;
    clicks.push({ id, course, person, modulo: null, actividad, moment });
    if (COMPLETED.has(verb) && at(statement, 'result', 'completion') !== false)
      completions.push({ id, course, person, actividad, moment });
  }
  return { clicks, completions, unused, faults };
}

/** The piece that is missing, or what of the statement counts. */
function readStatement(statement: Record<string, unknown>): string | PushedCompletion {
  const id = textAt(statement, 'id');
  const person = textAt(statement, 'actor', 'account', 'name');
  const actividad = textAt(statement, 'object', 'id');
  const course = firstId(statement, 'grouping') ?? firstId(statement, 'parent');
  const moment = readMoment(at(statement, 'timestamp'), null);
  if (id === null) return 'id';
  if (person === null) return 'actor.account.name';
  if (actividad === null) return 'object.id';
  if (course === null) return 'context.contextActivities.grouping';
  if (typeof moment !== 'number') return 'timestamp';
  return { id, course, person, actividad, moment };
}

function verbOf(statement: Record<string, unknown>): string {
  return (
    (textAt(statement, 'verb', 'id') ?? '')
      .replace(/[/#]+$/, '')
      .split(/[/#]/)
      .at(-1) ?? ''
  );
}

/** One activity, or the first of a list of them. */
function firstId(statement: Record<string, unknown>, kind: 'grouping' | 'parent'): string | null {
  const given = at(statement, 'context', 'contextActivities', kind);
  return textAt(Array.isArray(given) ? given[0] : given, 'id');
}

function textAt(value: unknown, ...path: string[]): string | null {
  const found = at(value, ...path);
  const isText = typeof found === 'string' && found.length <= 500 && !isBroken(found);
  return isText && found.trim() !== '' ? found.trim() : null;
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce((here, key) => (isRecord(here) ? here[key] : undefined), value);
}
