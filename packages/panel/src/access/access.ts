import {
  type Actor,
  admitClaveApi,
  browserMark,
  closeSesion,
  type FileDeed,
  fileDeed,
  findUsuario,
  isPassword,
  knownBrowser,
  LONGEST_SESSION_MS,
  logIn,
  openSesion,
  passSecondStep,
  resumeSesion,
  secondStepSince,
  type UsuarioRow,
  writeBitacora,
} from '@puente-sic/app';
import type { Ledger } from '@puente-sic/engine';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal.ts';
import { Lockout } from './lockout.ts';
import { networkOf } from './network.ts';
import { nameOf, type Who } from './who.ts';

export interface AccessGround {
  ledger: Ledger;
  clave: () => Promise<string>;
  clock: () => Date;
  /** The panel is reached by https alone. */
  secure: boolean;
}

/** Who may come in, and what they did. */
export class Access {
  readonly #ledger: Ledger;
  readonly #clave: () => Promise<string>;
  readonly #clock: () => Date;
  readonly #secure: boolean;
  /** One account asked for from one address: who guesses there is held up there, and nobody else. */
  readonly #pairs: Lockout;
  readonly #addresses: Lockout;
  /** Guesses at one account from everywhere are slowed down, never stopped: its owner has to get in. */
  readonly #accounts: Lockout;
  /** A browser from which an account has come in before is counted alone: what strangers try does not hold it up. */
  readonly #browsers: Lockout;
  readonly #open: Lockout;
  /** Only who has the password gets to guess a code: there the account itself may wait long. */
  readonly #codes: Lockout;

  constructor({ ledger, clave, clock, secure }: AccessGround) {
    this.#ledger = ledger;
    this.#clave = clave;
    this.#clock = clock;
    this.#secure = secure;
    this.#pairs = new Lockout({ free: 5, longest: 900 }, clock);
    // An office shares one address.
    this.#addresses = new Lockout({ free: 20, longest: 900 }, clock);
    this.#accounts = new Lockout({ free: 20, longest: 8 }, clock);
    this.#browsers = new Lockout({ free: 5, longest: 900 }, clock);
    this.#open = new Lockout({ free: 5, longest: 900 }, clock);
    this.#codes = new Lockout({ free: 5, longest: 900 }, clock);
  }

  /** By the API key where one is given, else by the cookie. `isUse`: somebody sits before it. */
  async whoAsks(request: FastifyRequest, isUse: boolean): Promise<Who> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#byKey(authorization);
    const cookie = cookieOf(request);
    if (cookie === null) return NOBODY;
    const row = await resumeSesion(this.#ledger, cookie, this.#clock(), isUse);
    return row === null ? NOBODY : { kind: 'usuario', ...row };
  }

  async #byKey(authorization: string): Promise<Who> {
    const key = /^Bearer (puente_[\w-]{43})$/.exec(authorization)?.[1];
    const row = key === undefined ? null : await admitClaveApi(this.#ledger, key, this.#clock());
    return row === null ? NOBODY : { kind: 'clave', nombre: row.nombre, rol: row.rol };
  }

  /**
   * The account of these credentials, and of a code where it needs one. Whoever fails too often waits, also with the
   * right password.
   */
  async login(
    request: FastifyRequest,
    { usuario, clave, codigo }: { usuario: string; clave: string; codigo?: string | undefined },
  ): Promise<UsuarioRow> {
    const row = await findUsuario(this.#ledger, usuario.trim());
    const browser = row && this.#browserOf(request, row);
    const entered = this.#attempt(request, usuario.trim().normalize('NFC').toLowerCase(), browser);
    if (!(await isPassword(clave, row?.clave ?? null)) || row === null) {
      await this.note(request, NOBODY, 'ingreso-fallido', '');
      throw wrongPassword();
    }
    await this.#secondStep(request, row, codigo);
    entered();
    return row;
  }

  /** Counts an attempt at a password before it is looked at; what it gives is called once somebody is in. */
  #attempt(request: FastifyRequest, account: string, browser: string | null): () => void {
    if (browser !== null) {
      holdUp(this.#browsers.attempt(browser));
      return () => this.#browsers.succeeded(browser);
    }
    const network = networkOf(addressOf(request));
    const pair = JSON.stringify([account, network]);
    holdUp(this.#addresses.attempt(network) || this.#pairs.attempt(pair));
    holdUp(this.#accounts.attempt(account));
    return () => {
      // Who comes in as one has not shown to be the others whose password was tried from here.
      this.#addresses.takeBack(network);
      this.#pairs.succeeded(pair);
      this.#accounts.succeeded(account);
    };
  }

  async #secondStep(
    request: FastifyRequest,
    { id, usuario }: UsuarioRow,
    codigo: string | undefined,
  ): Promise<void> {
    if ((await secondStepSince(this.#ledger, id)) === null) return;
    if (codigo === undefined) {
      const fix = 'Es el código de seis cifras que muestra ahora la aplicación de su teléfono.';
      throw new Refusal(401, 'segundo-paso', 'Falta el código de su segundo paso.', fix);
    }
    const key = String(id);
    holdUp(this.#codes.attempt(key));
    const clave = await this.#clave();
    if (!(await passSecondStep(this.#ledger, id, { codigo, clave }, this.#clock()))) {
      await this.note(
        request,
        NOBODY,
        'ingreso-fallido',
        `«${usuario}»: la clave era correcta y el código no.`,
      );
      throw wrongCode();
    }
    this.#codes.succeeded(key);
  }

  /**
   * The account of an open session, its password asked again: whoever guesses it behind the session waits, whatever
   * others try at the door.
   */
  async confirm(request: FastifyRequest, { id, usuario }: { id: number; usuario: string }, clave: string) {
    const key = String(id);
    holdUp(this.#open.attempt(key));
    const row = await findUsuario(this.#ledger, usuario);
    if (!(await isPassword(clave, row?.clave ?? null)) || row === null) {
      await this.note(request, NOBODY, 'ingreso-fallido', '');
      throw wrongPassword();
    }
    this.#open.succeeded(key);
    return row;
  }

  /** The cookie of a session that begins with a login; the one before, if any, ends. */
  async logIn(request: FastifyRequest, reply: FastifyReply, row: UsuarioRow): Promise<void> {
    const actor = { quien: row.usuario, direccion: addressOf(request) };
    const opening = { usuarioId: row.id, former: cookieOf(request) };
    this.#give(reply, await logIn(this.#ledger, actor, opening, this.#clock()));
    this.#know(request, reply, row);
  }

  /** The same after a deed that has been noted: a first account, a new password. */
  async open(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, usuario }: Pick<UsuarioRow, 'id' | 'usuario'>,
  ): Promise<void> {
    const opening = { usuarioId: id, former: cookieOf(request) };
    this.#give(reply, await openSesion(this.#ledger, opening, this.#clock()));
    const row = await findUsuario(this.#ledger, usuario);
    if (row !== null) this.#know(request, reply, row);
  }

  async close(who: Who, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const cookie = cookieOf(request);
    if (who.kind === 'usuario' && cookie !== null) {
      await closeSesion(this.#ledger, actorOf(request, who), cookie, this.#clock());
    }
    reply.header('set-cookie', this.#cookie('', 0));
  }

  /** Writes down who did something that changes nothing in the ledger; `detalle` in Spanish, without secret or student. */
  async note(request: FastifyRequest, who: Who, accion: string, detalle: string): Promise<void> {
    await writeBitacora(this.#ledger, { ...actorOf(request, who), accion, detalle }, this.#clock());
  }

  /** Does something to files, and writes down who: before, and what came of it. */
  async onFiles<T>(request: FastifyRequest, who: Who, asked: FileDeed<T>): Promise<T> {
    return fileDeed(this.#ledger, actorOf(request, who), this.#clock, asked);
  }

  #give(reply: FastifyReply, cookie: string): void {
    reply.header('set-cookie', this.#cookie(cookie, LONGEST_SESSION_MS / 1000));
  }

  /** The name of a browser from which the account has come in before. */
  #browserOf(request: FastifyRequest, row: UsuarioRow): string | null {
    const mark = markOf(request);
    return mark === null ? null : knownBrowser(row, mark);
  }

  /** From now on this browser is told from strangers who guess this account's password. */
  #know(request: FastifyRequest, reply: FastifyReply, row: UsuarioRow): void {
    const value = browserMark(row, this.#browserOf(request, row));
    reply.header('set-cookie', `${MARK}=${value}; ${this.#attributes('/api/sesion', YEAR_S)}`);
  }

  #cookie(value: string, seconds: number): string {
    return `${COOKIE}=${value}; ${this.#attributes('/', seconds)}`;
  }

  #attributes(path: string, seconds: number): string {
    return `Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${this.#secure ? '; Secure' : ''}`;
  }
}

/** As the audit trail names who asks. */
export function actorOf(request: FastifyRequest, who: Who): Actor {
  return { quien: nameOf(who), direccion: addressOf(request) };
}

/** Whoever hangs up before the answer has no address any more. */
export function addressOf({ ip }: FastifyRequest): string {
  return ip || 'desconocida';
}

function cookieOf({ headers }: FastifyRequest): string | null {
  return /(?:^|;\s*)puente_sesion=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1] ?? null;
}

function markOf({ headers }: FastifyRequest): string | null {
  return /(?:^|;\s*)puente_navegador=([\w-]{22}\.[\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1] ?? null;
}

function holdUp(seconds: number): void {
  if (seconds === 0) return;
  throw new Refusal(
    429,
    'bloqueado',
    `Hubo demasiados intentos fallidos. Espere ${inWords(seconds)}.`,
    'Espere y vuelva a intentarlo. Si olvidó la clave, pida otra a quien administra puente.',
    seconds,
  );
}

function wrongPassword(): Refusal {
  return new Refusal(
    401,
    'credenciales',
    'El usuario o la clave no son correctos.',
    'Revíselos y vuelva a intentarlo.',
  );
}

/** Also for a code that is to turn the second step on. */
export function wrongCode(): Refusal {
  return new Refusal(
    401,
    'segundo-paso',
    'Ese código no es el de ahora, o ya se usó.',
    'Escriba el que muestra la aplicación en este momento; cada uno sirve una vez. Si no coincide nunca, revise que la hora del teléfono y la de este computador sean correctas. Si perdió el teléfono, pida un enlace con «puente enlace».',
  );
}

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 segundo' : `${seconds} segundos`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minuto' : `${minutes} minutos`;
}

export const NOBODY: Who = { kind: 'nadie', rol: null };
const COOKIE = 'puente_sesion';
const MARK = 'puente_navegador';
const YEAR_S = 365 * 86_400;
