/** A list in parts of at most `size`: databases limit the parameters of one statement. */
export function* chunks<T>(list: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = [];
  for (const item of list) {
    part.push(item);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
