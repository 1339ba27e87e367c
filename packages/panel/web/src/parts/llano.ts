/** As people type when they search: without accents, capitals, or the dots of a RUT. */
export function llano(texto: string): string {
  return texto
    .normalize('NFD')
    .replaceAll(/[\p{M}.]/gu, '')
    .toLowerCase()
    .trim();
}
