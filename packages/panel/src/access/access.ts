import { createHash, randomBytes } from 'node:crypto';
import {
  claveApiByHash,
  deleteSesion,
  deleteSesionesBefore,
  findSesion,
  findUsuario,
  insertSesion,
  touchSesion,
  type UsuarioRow,
  updateUsuario,
  writeBitacora,
} from '@puente-sic/app';
import type { Ledger } from '@puente-sic/engine';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal.ts';
import { Lockout } from './lockout.ts';
import { isPassword } from './password.ts';
import { nameOf, type Who } from './who.ts';

/** Who may come in, and what they did. */
export class Access {
  readonly #ledger: Ledger;
  readonly #clock: () => Date;
  readonly #secure: boolean;
  readonly #accounts: Lockout;
  readonly #addresses: Lockout;

  constructor({ ledger, clock, secure }: { ledger: Ledger; clock: () => Date; secure: boolean }) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#secure = secure;
    this.#accounts = new Lockout(FREE_PER_ACCOUNT, clock);
    this.#addresses = new Lockout(FREE_PER_ADDRESS, clock);
  }

  /** By the API key where one is given, else by the cookie. */
  async whoAsks(request: FastifyRequest): Promise<Who> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#byKey(authorization);
    const cookie = cookieOf(request);
    if (cookie === null) return NOBODY;
    const huella = hashOf(cookie);
    const now = this.#clock();
    const row = await findSesion(this.#ledger, huella);
    if (row === null) return NOBODY;
    const idle = now.getTime() - Date.parse(row.vista);
    if (idle > IDLE_MS || now.getTime() - Date.parse(row.creada) > LONGEST_MS) {
      await deleteSesion(this.#ledger, huella);
      return NOBODY;
    }
    if (idle > 60_000) await touchSesion(this.#ledger, huella, now);
    return { kind: 'usuario', id: row.id, usuario: row.usuario, rol: row.rol, huella };
  }

  async #byKey(authorization: string): Promise<Who> {
    const key = /^Bearer (puente_[\w-]{43})$/.exec(authorization)?.[1];
    const row = key === undefined ? null : await claveApiByHash(this.#ledger, hashOf(key), this.#clock());
    return row === null ? NOBODY : { kind: 'clave', nombre: row.nombre, rol: row.rol };
  }

  /** The account of these credentials. Whoever fails too often waits, also with the right password. */
  async login(request: FastifyRequest, usuario: string, clave: string): Promise<UsuarioRow> {
    const account = usuario.trim().toLowerCase();
    const wait = this.#addresses.attempt(request.ip) || this.#accounts.attempt(account);
    if (wait > 0) {
      throw new Refusal(
        429,
        'bloqueado',
        `Hubo demasiados intentos fallidos. Espere ${inWords(wait)}.`,
        'Espere y vuelva a intentarlo. Si olvidó la clave, pida otra a quien administra puente.',
        wait,
      );
    }
    const row = await findUsuario(this.#ledger, usuario.trim());
    if (!(await isPassword(clave, row?.clave ?? null)) || row === null) {
      await this.note(request, NOBODY, 'ingreso-fallido', '');
      throw new Refusal(
        401,
        'credenciales',
        'El usuario o la clave no son correctos.',
        'Revíselos y vuelva a intentarlo.',
      );
    }
    this.#accounts.succeeded(account);
    this.#addresses.succeeded(request.ip);
    return row;
  }

  /** A new session's cookie; the one before, if any, ends. */
  async open(request: FastifyRequest, reply: FastifyReply, { id }: Pick<UsuarioRow, 'id'>): Promise<void> {
    const now = this.#clock();
    const former = cookieOf(request);
    if (former !== null) await deleteSesion(this.#ledger, hashOf(former));
    await deleteSesionesBefore(this.#ledger, new Date(now.getTime() - IDLE_MS));
    const cookie = randomBytes(32).toString('base64url');
    await insertSesion(this.#ledger, hashOf(cookie), id, now);
    await updateUsuario(this.#ledger, id, { ultimoIngreso: now.toISOString() });
    reply.header('set-cookie', this.#cookie(cookie, LONGEST_MS / 1000));
  }

  async close(who: Who, reply: FastifyReply): Promise<void> {
    if (who.kind === 'usuario') await deleteSesion(this.#ledger, who.huella);
    reply.header('set-cookie', this.#cookie('', 0));
  }

  /** Writes down who did what. `detalle` is in Spanish, and holds neither a secret nor a student. */
  async note(request: FastifyRequest, who: Who, accion: string, detalle: string): Promise<void> {
    const hecho = { quien: nameOf(who), direccion: request.ip, accion, detalle };
    await writeBitacora(this.#ledger, hecho, this.#clock());
  }

  #cookie(value: string, seconds: number): string {
    const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${this.#secure ? '; Secure' : ''}`;
    return `${COOKIE}=${value}; ${attributes}`;
  }
}

/** A new API key and the hash that is kept of it. */
export function newApiKey(): { clave: string; huella: string } {
  const clave = `puente_${randomBytes(32).toString('base64url')}`;
  return { clave, huella: hashOf(clave) };
}

/** What is random and long needs no slow hash. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function cookieOf({ headers }: FastifyRequest): string | null {
  return /(?:^|;\s*)puente_sesion=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1] ?? null;
}

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 segundo' : `${seconds} segundos`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minuto' : `${minutes} minutos`;
}

export const NOBODY: Who = { kind: 'nadie', rol: null };
const COOKIE = 'puente_sesion';
/** Unused so long, a session ends; and after seven days in any case. */
const IDLE_MS = 12 * 3_600_000;
const LONGEST_MS = 7 * 24 * 3_600_000;
const FREE_PER_ACCOUNT = 5;
/** An office shares one address. */
const FREE_PER_ADDRESS = 20;
