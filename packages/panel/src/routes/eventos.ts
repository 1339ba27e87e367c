import type { FastifyInstance } from 'fastify';
import type { Evento } from '../api.ts';
import type { Context } from '../context.ts';
import type { Told } from '../events/bus.ts';
import type { Mount } from '../http/mount.ts';

/** Server-sent events. A reader who comes back names the last it heard and gets what it missed. */
export function eventos(mount: Mount, app: FastifyInstance, { access, bus }: Context): void {
  const open = new Set<() => void>();
  // A stream has no end of its own: it must not hold up the closing of the panel.
  app.addHook('preClose', async () => {
    for (const end of open) end();
  });

  mount('eventos', async ({ request, reply }) => {
    reply.hijack();
    const { raw } = reply;
    const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    raw.writeHead(200, {
      ...Object.fromEntries(headers),
      'content-type': 'text/event-stream; charset=utf-8',
      // Otherwise nginx keeps the events until it has a pageful of them.
      'x-accel-buffering': 'no',
    });
    raw.write(`retry: ${RETRY_MS}\n\n`);
    const last = request.headers['last-event-id'];
    const missed = typeof last === 'string' ? bus.since(last) : [];
    if (missed === null) raw.write(frame({ tipo: 'recargar' }));
    for (const told of missed ?? []) raw.write(frame(told.evento, told.id));

    const stop = bus.listen(({ id, evento }: Told) => {
      // A reader who does not read is let go; it comes back and gets what it missed.
      if (raw.writableLength > MOST_WAITING) raw.destroy();
      else raw.write(frame(evento, id));
    });
    const alive = setInterval(() => {
      raw.write(': sigo aquí\n\n');
      access.whoAsks(request, false).then(
        ({ rol }) => rol ?? end(),
        () => end(),
      );
    }, KEEP_ALIVE_MS);
    const end = () => {
      stop();
      clearInterval(alive);
      open.delete(end);
      raw.end();
    };
    open.add(end);
    raw.once('close', end);
    return reply;
  });
}

function frame(evento: Evento, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${evento.tipo}\ndata: ${JSON.stringify(evento)}\n\n`;
}

const RETRY_MS = 2000;
const KEEP_ALIVE_MS = 15_000;
const MOST_WAITING = 4 * 1024 * 1024;
