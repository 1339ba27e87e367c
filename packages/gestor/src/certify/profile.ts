/** Which version of the API a program speaks, and so which scenarios it is held to. */
export const PERFILES = {
  completo: { nombre: 'completo: versiones 1 y 2', noAplica: null },
  'version-1': { nombre: 'sólo versión 1 (2021)', noAplica: 'version-2' },
  'version-2': { nombre: 'sólo versión 2 (2023)', noAplica: 'version-1' },
} as const;

export type PerfilId = keyof typeof PERFILES;

export function isPerfil(text: unknown): text is PerfilId {
  return typeof text === 'string' && Object.hasOwn(PERFILES, text);
}
