// How figures, days and lists of people are said, in Spanish.

const amounts = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 2 });
const longDay = new Intl.DateTimeFormat('es-CL', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const shortDay = new Intl.DateTimeFormat('es-CL', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const both = new Intl.ListFormat('es', { type: 'conjunction' });

/** `9.214`, `13,5`. */
export function amount(value: number): string {
  return amounts.format(value);
}

/** `1 alumno`, `3 alumnos`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${amount(value)} ${value === 1 ? one : many}`;
}

/** `domingo 29 de noviembre` of a `YYYY-MM-DD`. */
export function weekdayOf(day: string): string {
  return longDay.format(new Date(`${day}T12:00:00Z`)).replace(',', '');
}

/** `29 nov` of a `YYYY-MM-DD`. */
export function shortDayOf(day: string): string {
  return shortDay.format(new Date(`${day}T12:00:00Z`)).replaceAll('-', ' ');
}

/** `uno, dos y tres`; of more than `most`, the first ones and `y 31 más`. */
export function listed(names: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} y ${amount(rest)} más` : both.format(names);
}

/** A sentence of SENCE as it is in a rehearsal, where it is not SENCE who answers. */
export function inRehearsal(sentence: string): string {
  return sentence
    .replaceAll(/\bde SENCE\b/g, 'del Gestor de ensayo')
    .replaceAll(/\ba SENCE\b/g, 'al Gestor de ensayo')
    .replaceAll(/(^|[.:?»] )SENCE\b/g, '$1El Gestor de ensayo')
    .replaceAll(/\bSENCE\b/g, 'el Gestor de ensayo');
}
