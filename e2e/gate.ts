import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a service of this machine that can be made to wait, or be cut. Open at first. */
export interface Gate {
  /** Its end for whoever calls. */
  url: string;
  /** Whoever calls from now on waits until it is open again. */
  hold(): void;
  /** Every call under way is cut, and so is every new one until it is open again. */
  cut(): void;
  open(): void;
  close(): Promise<void>;
}

export async function startGate(target: () => string): Promise<Gate> {
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  let state: 'open' | 'held' | 'cut' = 'open';
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  };
  const pass = (caller: Socket) => {
    const { hostname, port } = new URL(target());
    const service = track(connect(Number(port), hostname));
    caller.on('close', () => service.destroy());
    service.on('close', () => caller.destroy());
    caller.pipe(service).pipe(caller);
  };
  const server = createServer((socket) => {
    const caller = track(socket);
    if (state === 'cut') caller.destroy();
    else if (state === 'held') waiting.add(caller);
    else pass(caller);
  });
  const cutAll = () => {
    waiting.clear();
    for (const socket of sockets) socket.destroy();
  };
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    hold: () => {
      state = 'held';
    },
    cut: () => {
      state = 'cut';
      cutAll();
    },
    open: () => {
      state = 'open';
      for (const caller of waiting) pass(caller);
      waiting.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cutAll();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The gate has no port');
      resolve(address.port);
    });
  });
}
