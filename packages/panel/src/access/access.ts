import {
  type Actor,
  admitClaveApi,
  closeSesion,
  type FileDeed,
  fileDeed,
  findUsuario,
  hasEnteredFrom,
  isPassword,
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
    const ip = addressOf(request);
    const account = usuario.trim().toLowerCase();
    const pair = JSON.stringify([account, ip]);
    holdUp(this.#addresses.attempt(ip) || this.#pairs.attempt(pair));
    const row = await findUsuario(this.#ledger, usuario.trim());
    // Whoever has come in from here before does not wait for what strangers try elsewhere.
    const isAtHome = row !== null && (await hasEnteredFrom(this.#ledger, row.usuario, ip));
    if (!isAtHome) holdUp(this.#accounts.attempt(account));
    if (!(await isPassword(clave, row?.clave ?? null)) || row === null) {
      await this.note(request, NOBODY, 'ingreso-fallido', '');
      throw wrongPassword();
    }
    await this.#secondStep(request, row, codigo);
    this.#pairs.succeeded(pair);
    this.#addresses.succeeded(ip);
    if (!isAtHome) this.#accounts.succeeded(account);
    return row;
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
  }

  /** The same after a deed that has been noted: a first account, a new password. */
  async open(request: FastifyRequest, reply: FastifyReply, { id }: Pick<UsuarioRow, 'id'>): Promise<void> {
    const opening = { usuarioId: id, former: cookieOf(request) };
    this.#give(reply, await openSesion(this.#ledger, opening, this.#clock()));
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

  #cookie(value: string, seconds: number): string {
    const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${this.#secure ? '; Secure' : ''}`;
    return `${COOKIE}=${value}; ${attributes}`;
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
