import { connect, createServer, type Server, type Socket } from 'node:net';

/** What the line between sender and service does to one request. */
export type Fault =
  | 'none'
  /** Cut with nothing passed on. */
  | 'cut-before'
  /** Half of the request is passed on, then both ends are cut. */
  | 'cut-during'
  /** The service gets and answers it; the answer is lost. */
  | 'cut-after'
  /** 503 without asking the service. */
  | '503'
  /** The service gets and answers it; a gateway tells 503 instead. */
  | '503-after'
  /** PHP notices before the JSON, as seen in production. */
  | 'html-prefix'
  /** Nothing is ever answered; the request is passed on. */
  | 'silence';

export interface Proxy {
  port: number;
  close(): Promise<void>;
}

/** A TCP proxy before a service on this machine, that does to each request what `decide` says. */
export async function startProxy(
  target: number | (() => number),
  decide: (request: { method: string; path: string }) => Fault,
): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((socket) => {
    const client = track(socket);
    let request = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      request = Buffer.concat([request, chunk]);
      const total = lengthOf(request);
      if (total === null || request.length < total) return;
      client.off('data', onData);
      const [method = '', path = ''] = request.subarray(0, 400).toString('latin1').split(' ');
      const port = typeof target === 'number' ? target : target();
      act(decide({ method, path }), client, request, () => track(connect(port, '127.0.0.1')));
    };
    client.on('data', onData);
  });
  const port = await listen(server);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function act(fault: Fault, client: Socket, request: Buffer, open: () => Socket): void {
  if (fault === 'cut-before') return void client.destroy();
  if (fault === '503') return void client.end(UNAVAILABLE);
  const service = open();
  service.on('error', () => client.destroy());
  if (fault === 'cut-during') {
    service.write(request.subarray(0, request.length / 2), () => {
      service.destroy();
      client.destroy();
    });
    return;
  }
  service.write(request);
  const answer: Buffer[] = [];
  service.on('data', (chunk) => answer.push(chunk));
  service.on('close', () => {
    const whole = Buffer.concat(answer);
    if (fault === 'silence') return;
    if (fault === 'cut-after' || whole.length === 0) client.destroy();
    else if (fault === '503-after') client.end(UNAVAILABLE);
    else client.end(fault === 'html-prefix' ? leaked(whole) : whole);
  });
}

/** Length of a whole request, head and body; null while its head is not there. The client always tells the length. */
function lengthOf(request: Buffer): number | null {
  const end = request.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(request.subarray(0, end + 2).toString('latin1'))?.[1];
  return end + 4 + Number(length ?? 0);
}

function leaked(answer: Buffer): Buffer {
  const end = answer.indexOf('\r\n\r\n');
  const notice = Buffer.from('<div style="border:1px solid"><h4>A PHP Error was encountered</h4></div>\n');
  const head = answer.subarray(0, end).toString('latin1');
  const body = Buffer.concat([notice, answer.subarray(end + 4)]);
  const fixed = head.replace(/\r\ncontent-length: *\d+/i, `\r\ncontent-length: ${body.length}`);
  return Buffer.concat([Buffer.from(`${fixed}\r\n\r\n`, 'latin1'), body]);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
      resolve(address.port);
    });
  });
}

const UNAVAILABLE =
  'HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/html\r\ncontent-length: 21\r\nconnection: close\r\n\r\n<h1>Unavailable</h1>\n';
