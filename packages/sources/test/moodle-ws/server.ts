import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a Moodle answers: a JSON value with HTTP 200, or anything else a server may say. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** As is when text, else as JSON. */
  body: unknown;
}

export interface Call {
  wsfunction: string;
  method: string;
  fields: URLSearchParams;
}

/** A web server that answers like Moodle's REST end point, on a free port of this machine. */
export async function moodleServer(answer: (call: Call) => Reply | Promise<Reply> | 'hang up') {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const fields = new URLSearchParams(await readBody(request));
    const call = { wsfunction: fields.get('wsfunction') ?? '', method: request.method ?? '', fields };
    calls.push(call);
    const reply = await answer(call);
    if (reply === 'hang up') return request.socket.destroy();
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
