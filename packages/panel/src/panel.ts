import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listUsuarios, type PanelGround, type Problem } from '@puente-sic/app';
import { EngineFailure, type ServeEvent } from '@puente-sic/engine';
import { type Logger, pino } from 'pino';
import { type Application, openApplication } from './application.ts';
import { EventBus } from './events/bus.ts';
import { eventoOf } from './events/service.ts';
import { isLoopbackAddress } from './http/loopback.ts';
import { answerNotice } from './http/notice.ts';
import type { PanelOptions, PanelPlace } from './options.ts';

export interface Panel {
  /** Where a browser of this computer finds it. */
  url: string;
  port: number;
  /** Where browsers find it: its public address where it has one. */
  readonly address: string;
  /**
   * Opens the pages over what can be used now.
   * @throws EngineFailure where it is to be reached from other computers and nobody has a password yet.
   */
  serve(ground: PanelGround): Promise<void>;
  /** One page that says why nothing can be used takes the place of all others; done when nobody uses those any more. */
  tell(problem: Problem): Promise<void>;
  /** Give this to `serve` as its `onEvent`: the pages follow the night as it happens. */
  onEvent(event: ServeEvent): void;
  /** Takes no more requests; a send under way gets half a minute to end. */
  close(): Promise<void>;
}

/** The panel over a ledger that is open. @throws as {@link Panel.serve} does, or where the port is taken. */
export async function startPanel({
  ledger,
  use,
  setup,
  enlaces,
  clave,
  clock,
  entregas,
  ...place
}: PanelOptions): Promise<Panel> {
  const panel = await openPanel(place);
  try {
    await panel.serve({ ledger, use, setup, enlaces, clave, clock, ...(entregas && { entregas }) });
    return panel;
  } catch (error) {
    await panel.close();
    throw error;
  }
}

/** Listens; until it is told what to serve it answers that puente is starting. */
export async function openPanel(place: PanelPlace): Promise<Panel> {
  const { host = '127.0.0.1', port = 4350 } = place;
  const logger = place.logger ?? pino({ enabled: false });
  const front = new Front(place, logger);
  await front.listen(host, port);
  return front;
}

/** One server for as long as the program runs; what answers behind it changes. */
class Front implements Panel {
  readonly #place: PanelPlace;
  readonly #logger: Logger;
  readonly #bus = new EventBus();
  readonly #server: Server;
  #application: Application | null = null;
  #problem: Problem = STARTING;

  constructor(place: PanelPlace, logger: Logger) {
    this.#place = place;
    this.#logger = logger;
    this.#server = createServer({ requestTimeout: 60_000, keepAliveTimeout: 72_000 }, (request, response) =>
      this.#answer(request, response),
    );
  }

  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  get url(): string {
    const { address, port, family } = this.#address;
    const any = address === '0.0.0.0' || address === '::';
    if (any) return `http://127.0.0.1:${port}`;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  get address(): string {
    return this.#place.publicUrl ?? this.url;
  }

  get port(): number {
    return this.#address.port;
  }

  get #address(): AddressInfo {
    return this.#server.address() as AddressInfo;
  }

  async serve(ground: PanelGround): Promise<void> {
    const { host = '127.0.0.1', publicUrl, webFolder, ejemplos = null } = this.#place;
    const loopback = isLoopbackAddress(host);
    if (!loopback && (await listUsuarios(ground.ledger)).length === 0) {
      throw new EngineFailure(
        `El panel no se abre en ${host}, a la vista de otros computadores, mientras nadie tenga una clave.`,
        'Inícielo primero sin --direccion y cree la cuenta de administrador con el enlace que muestra.',
      );
    }
    await this.#leave();
    this.#application = await openApplication(ground, {
      ...{ loopback, publicUrl: publicUrl === undefined ? null : new URL(publicUrl) },
      ...{ bus: this.#bus, logger: this.#logger, webFolder, ejemplos },
    });
  }

  async tell(problem: Problem): Promise<void> {
    this.#problem = problem;
    await this.#leave();
  }

  onEvent(event: ServeEvent): void {
    this.#bus.tell(eventoOf(event));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    await this.tell(ENDING);
    // By itself node waits for one that becomes idle a moment later, and for one that a browser opened and never used.
    this.#server.closeAllConnections();
    await closed;
  }

  async #leave(): Promise<void> {
    const former = this.#application;
    this.#application = null;
    await former?.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/vivo') response.setHeader('cache-control', 'no-store').end('vivo\n');
    else if (this.#application !== null) this.#application.answer(request, response);
    else answerNotice(request, response, this.#problem);
  }
}

const STARTING: Problem = { mensaje: 'puente está partiendo.', queHacer: 'Espere un momento.' };
const ENDING: Problem = {
  mensaje: 'puente se está deteniendo.',
  queHacer: 'Inícielo de nuevo con «puente servir».',
};
