/** `«a», «b» y 3 más`: names in a message, never an endless list. */
export function listed(names: string[], most = 5): string {
  const quoted = names.slice(0, most).map((name) => `«${name}»`);
  if (names.length > most) return `${quoted.join(', ')} y ${names.length - most} más`;
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} y ${quoted.at(-1)}` : quoted.join('');
}
