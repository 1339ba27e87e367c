/** What the standard input is called where a file would be named. */
export const STDIN = 'entrada estándar';

/** Everything that the standard input brings. */
export async function readAll(stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
