/** The `code` of the error with which a socket ends that another server than a PostgreSQL answers. */
export const ANOTHER_SERVER = 'ANOTHER_SERVER';

/** What a PostgreSQL begins with: authentication, an error, a notice, older protocol, or yes and no to encryption. */
const FIRST = new Set(Array.from('RENSv', (sign) => sign.charCodeAt(0)));

interface Pushed {
  push(chunk: unknown, encoding?: string): boolean;
  destroy(error: Error): unknown;
}

/**
 * A socket on which a PostgreSQL is to answer; what greets otherwise ends it with {@link ANOTHER_SERVER}. The driver takes
 * any byte for a message, and throws where nobody can catch it at what a MariaDB greets with.
 */
export function onlyPostgres<S extends Pushed>(socket: S): S {
  const pushed: Pushed = socket;
  const push = pushed.push.bind(socket);
  let isJudged = false;
  pushed.push = (chunk, encoding) => {
    const first = chunk instanceof Uint8Array ? chunk[0] : undefined;
    if (first !== undefined && !isJudged) {
      isJudged = true;
      if (!FIRST.has(first)) {
        socket.destroy(Object.assign(new Error('no PostgreSQL answers there'), { code: ANOTHER_SERVER }));
        return false;
      }
    }
    return push(chunk, encoding);
  };
  return socket;
}
