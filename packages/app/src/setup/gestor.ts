import { BASE_URL } from '@puente-sic/protocol';
import type { YAMLMap } from 'yaml';
import { put } from '../config/edit.ts';
import { Failure } from '../failure.ts';
import type { Editing } from './editor.ts';
import { changeOtec } from './otecs.ts';

/** Providers whose token nobody knows yet, so that none can be shown to a stranger. */
export type Tokenless = ReadonlySet<string>;

/**
 * Reports to another Gestor. The tokens that are known were given for the host so far: another one gets none of them,
 * only those that a person types along with its address.
 */
export function changeGestor(
  editing: Editing,
  gestor: string,
  tokens: ReadonlyMap<string, string>,
  tokenless: Tokenless,
): void {
  const { doc, before } = editing;
  if (!isSameHost(gestor, before.gestor)) {
    const asked = before.otecs.filter(({ rut }) => !tokens.has(rut) && !tokenless.has(rut));
    if (asked.length > 0) throw tokensAgain(asked.map(({ rut, nombre = rut }) => nombre));
  }
  put(doc, doc.contents as YAMLMap, { gestor: gestor === BASE_URL ? null : gestor });
  for (const [rut, token] of tokens) changeOtec(editing, rut, { token });
}

/** @throws Failure for a token that is known where another host would get it. */
export function requireSameHost(asked: string, gestor: string): void {
  if (!isSameHost(asked, gestor)) throw tokensAgain([]);
}

/** Whether both are the same server, asked in the same way. */
export function isSameHost(one: string, other: string): boolean {
  return new URL(one).origin === new URL(other).origin;
}

function tokensAgain(names: readonly string[]): Failure {
  const whose = names.length === 0 ? '' : ` de ${new Intl.ListFormat('es').format(names)}`;
  return new Failure(
    'Esa dirección es de otro servidor, y el token que puente conoce no se le manda a otro sin que usted lo diga.',
    `Escriba el token${whose} que se usa con ese Gestor Intermedio.`,
  );
}
