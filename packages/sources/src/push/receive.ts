import { isNestedTooDeep } from '@puente-sic/protocol';
import { type ClicksReceipt, markOfClicks, receiveClicks, repeatedClicks } from './receive-clicks.ts';
import { type CourseReceipt, type DeliveryTerms, receiveCourse } from './receive-course.ts';
import { receiveStatements, type StatementsReceipt } from './receive-statements.ts';
import { badForm } from './rejection.ts';
import type { Inbox } from './store.ts';

/** What a platform sends, as it came over the wire. */
export interface Delivery {
  de: 'curso' | 'clics' | 'statements';
  /** Of a course: which. */
  curso: string;
  /** JSON, UTF-8. */
  bytes: Uint8Array;
  /** One JSON in each line. */
  lines: boolean;
  terms: DeliveryTerms;
}

export type Receipt = CourseReceipt | ClicksReceipt | StatementsReceipt;

/** Takes a delivery, all of it or nothing. @throws Rejection with what is wrong. */
export async function receive(inbox: Inbox, { de, curso, bytes, lines, terms }: Delivery): Promise<Receipt> {
  // With a key of its own a delivery is what it says, however it is written.
  const mark = de === 'clics' && terms.idempotencyKey === undefined ? markOfClicks(bytes, terms) : undefined;
  const repeated = mark === undefined ? null : repeatedClicks(inbox, mark);
  if (repeated) return repeated;
  const text = utf8(bytes);
  const content = lines ? linesOf(text) : parsed(text);
  if (de === 'curso') return receiveCourse(inbox, curso, content, terms);
  if (de === 'statements') return receiveStatements(inbox, content, terms);
  return receiveClicks(inbox, content, terms, mark);
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badForm(
      'El cuerpo no está en UTF-8: las tildes y eñes llegarían rotas. No se tomó nada de la entrega.',
    );
  }
}

function parsed(text: string): unknown {
  try {
    return flatEnough(JSON.parse(text));
  } catch {
    throw badForm('El cuerpo no es JSON; no se tomó nada de la entrega.');
  }
}

/** Throws for what nothing of ours is: lists within lists by the thousand, which end the stack of whoever tells of them. */
function flatEnough(value: unknown): unknown {
  if (isNestedTooDeep(value)) throw new RangeError('nested too deep');
  return value;
}

function linesOf(text: string): unknown[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [flatEnough(JSON.parse(line))];
    } catch {
      throw badForm(
        `La línea ${index + 1} no es un objeto JSON; no se tomó nada de la entrega. Escriba un objeto por línea.`,
      );
    }
  });
}
