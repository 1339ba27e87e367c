import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Falla, Instalacion, Nombre, Respuesta } from '@puente-sic/panel';
import type { Office } from './office.ts';
import { start } from './puente.ts';

/** `puente servir` in an office's folder, as an administrator at the same computer uses it. */
export interface Served {
  url: string;
  /** Everything that it printed. */
  said(): string;
  /** What a route answered where it went well; the failure where it did not. */
  ask<N extends Nombre>(method: string, path: string, body?: unknown): Promise<Respuesta<N> & Falla>;
  /** The same of a route that answers with the whole set-up. */
  change(method: string, path: string, body?: unknown): Promise<Instalacion & Falla>;
  /** Puts a file into a source's folder. */
  drop(fuente: string, archivo: string, content: string): Promise<Respuesta<'recibirArchivo'> & Falla>;
  /** What any address of the panel answers, as text. */
  text(path: string): Promise<string>;
  /** That of the session. */
  cookie(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Who sits at the computer. */
export const PERSON = { usuario: 'Rosa', clave: 'una clave larga y buena' };

export async function serve(office: Office, env: Record<string, string> = {}): Promise<Served> {
  const child = start(['servir', '--puerto', '0'], { cwd: office.folder, env });
  let text = '';
  const listen = (chunk: Buffer) => {
    text += String(chunk);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const url = await urlOf(child, () => text);
  let cookie = '';
  const call = async (method: string, path: string, type: string, body?: string) => {
    const headers = { cookie, 'x-puente': '1', ...(body !== undefined && { 'content-type': type }) };
    const answer = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer.json();
  };
  const ask = (method: string, path: string, body?: unknown) =>
    call(method, path, 'application/json', body === undefined ? undefined : JSON.stringify(body));
  const file = join(office.folder, 'puente.enlace');
  const codigo = existsSync(file) ? /#codigo=([\w-]+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  if (codigo === undefined) await ask('POST', '/api/sesion', PERSON);
  else await ask('POST', '/api/enlace', { codigo, cuenta: PERSON });
  return {
    url,
    said: () => text,
    ask,
    change: (method, path, body) => ask(method, `/api/instalacion${path}`, body),
    drop: (fuente, archivo, content) =>
      call(
        'PUT',
        `/api/instalacion/fuentes/${fuente}/archivos/${archivo}`,
        'application/octet-stream',
        content,
      ),
    text: async (path) => {
      const answer = await fetch(url + path, { headers: { cookie } });
      return `${JSON.stringify([...answer.headers])} ${await answer.text()}`;
    },
    cookie: () => cookie,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

async function urlOf(child: ChildProcess, text: () => string): Promise<string> {
  for await (const _ of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    const url = /Panel: (\S+)/.exec(text())?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`It ended without a panel: ${text()}`);
}
