import type { Kit } from '@puente-sic/gestor';
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
