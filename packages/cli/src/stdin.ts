/** What the standard input is called where a file would be named. */
export const STDIN = 'entrada estándar';

/** Everything that the standard input brings. */
export async function readAll(stdin: NodeJS.ReadStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
