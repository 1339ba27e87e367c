import { type DocumentNode, parse, type ValueNode } from '@humanwhocodes/momoa';
import { readPath } from '@puente-sic/protocol';

/** Where something stands in a text: line from 1, and its first and last character. */
export interface Location {
  line: number;
  start: number;
  end: number;
}

/** Finds the value that a path of an Issue leads to; the nearest one above it where it leads further. */
export function locate(document: DocumentNode, path: string): Location {
  let node: ValueNode = document.body;
  for (const step of readPath(path) ?? []) {
    const next = childOf(node, step);
    if (!next) break;
    node = next;
  }
  const { start, end } = node.loc;
  return { line: start.line, start: start.offset, end: end.offset };
}

/** Reads a JSON text with the place of every value. Throws for what is not JSON. */
export function readDocument(text: string): DocumentNode {
  return parse(text, { mode: 'json' });
}

/** The last of several members of one name counts, as JSON.parse has it. */
function childOf(node: ValueNode, step: string): ValueNode | undefined {
  if (node.type === 'Array') return node.elements[Number(step)]?.value;
  if (node.type !== 'Object') return undefined;
  return node.members.findLast(({ name }) => (name.type === 'String' ? name.value : name.name) === step)
    ?.value;
}
