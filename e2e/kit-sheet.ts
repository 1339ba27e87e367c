import type { Kit, PerfilId } from '@puente-sic/gestor';
import type { Curso } from '@puente-sic/protocol';

/** What the certification kit shows to a vendor. */
export interface Hoja {
  rutOtec: string;
  token: string;
  tokenMalo: string;
  escenarios: { id: string; estados: Curso[] }[];
}

export async function sheetOf({ url }: Pick<Kit, 'url'>): Promise<Hoja> {
  const answer = await fetch(new URL('/certificacion/hoja.json', url));
  return (await answer.json()) as Hoja;
}

/** Says whose program it is, and by which profile. */
export async function nameProgram(
  { url }: Pick<Kit, 'url'>,
  programa: { programa: string; perfil: PerfilId },
): Promise<void> {
  const body = JSON.stringify(programa);
  const answer = await fetch(new URL('/certificacion/programa', url), { method: 'POST', body });
  if (!answer.ok) throw new Error(await answer.text());
}

/** What keeps a program from being certified: each scenario with what was seen. */
export function openScenarios(kit: Pick<Kit, 'resultados'>): string[] {
  const open = kit.resultados().filter(({ estado }) => estado !== 'cumplido' && estado !== 'no-aplica');
  return open.map(({ escenario, visto }) => `${escenario.id}: ${visto}`);
}

/** Each profile, the version that a program of it speaks (null: both), and the scenario that it is not held to. */
export const PROFILES = [
  { perfil: 'completo', only: null, left: null },
  { perfil: 'version-1', only: 1, left: 'version-2' },
  { perfil: 'version-2', only: 2, left: 'version-1' },
] as const;

export type Profile = (typeof PROFILES)[number];
