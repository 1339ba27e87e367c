import type { SentAvance } from '@puente-sic/client';
import { type Curso, readAnswer } from '@puente-sic/protocol';

/** An unreadable answer proves nothing: what one sees of it is its beginning. Of a readable one every byte is kept. */
const KEPT_OF_UNREADABLE = 1024 * 1024;
const HIDDEN = '(token)';

/**
 * What was answered as it is kept and shown: without the token, where a service, or a proxy before it, sends back what
 * it was asked.
 */
export function answerKept({ answer, raw }: SentAvance, curso: Curso, token: string) {
  const text = textKept(raw, token);
  // Its reasons are told one by one as well.
  const said = text === raw ? answer : readAnswer(text, curso);
  return said.kind === 'unreadable'
    ? { answer: said, raw: text.slice(0, KEPT_OF_UNREADABLE) }
    : { answer: said, raw: text };
}

/** The same of the body that a failure came with. */
export function bodyKept(body: string | null, token: string): string | null {
  return body === null ? null : textKept(body, token).slice(0, KEPT_OF_UNREADABLE);
}

function textKept(text: string, token: string): string {
  if (token === '' || !text.toLowerCase().includes(token.toLowerCase())) return text;
  const literal = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replaceAll(new RegExp(literal, 'gi'), HIDDEN);
}
