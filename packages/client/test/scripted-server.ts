import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A request as its bytes came. */
export interface ReceivedRequest {
  method: string;
  target: string;
  /** Names in lower case. */
  headers: Map<string, string>;
  body: string;
}

/** What the server does on a connection, whole requests only: answers by writing raw bytes, or cuts. */
export type Script = (socket: Socket, request: ReceivedRequest, index: number) => void;

export interface ScriptedServer extends AsyncDisposable {
  port: number;
  url: string;
  /** Every whole request that arrived, in order. */
  requests: ReceivedRequest[];
  /** Connections on which at least one byte arrived. */
  spokenConnections: number;
  connections: number;
}

/** A server of raw bytes on a free port: what a real one does wrong on the wire can be written down exactly. */
export async function scriptedServer(
  script: Script,
  onConnection: (socket: Socket) => void = () => {},
): Promise<ScriptedServer> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    self.connections += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    onConnection(socket);
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      if (received.length === 0) self.spokenConnections += 1;
      received = Buffer.concat([received, chunk]);
      const request = wholeRequest(received);
      if (!request) return;
      socket.removeAllListeners('data');
      self.requests.push(request);
      script(socket, request, self.requests.length - 1);
    });
  });
  const self: ScriptedServer = {
    port: 0,
    url: '',
    requests: [],
    spokenConnections: 0,
    connections: 0,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  self.port = (server.address() as AddressInfo).port;
  self.url = `http://127.0.0.1:${self.port}/gestor/API`;
  return self;
}

function wholeRequest(received: Buffer): ReceivedRequest | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [line = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Map(
    lines.map((text) => [
      text.slice(0, text.indexOf(':')).toLowerCase(),
      text.slice(text.indexOf(':') + 1).trim(),
    ]),
  );
  const body = received.subarray(end + 4);
  if (body.length < Number(headers.get('content-length') ?? 0)) return null;
  const [method = '', target = ''] = line.split(' ');
  return { method, target, headers, body: body.toString('utf8') };
}

/** The bytes of an answer with its length told. */
export function http(
  body: string | Buffer,
  { status = 200, headers = {} as Record<string, string> } = {},
): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ 'content-length': String(bytes.length), ...headers }).map(
    ([k, v]) => `${k}: ${v}`,
  );
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\n${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** A script that gives every request the same answer. */
export function answering(...args: Parameters<typeof http>): Script {
  return (socket) => socket.end(http(...args));
}

/** A port of this machine on which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
