const WHOLE = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 0 });
const ONE_DECIMAL = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 1 });

/** `1.234` */
export function whole(figure: number): string {
  return WHOLE.format(figure);
}

/** `1 registro`, `1.234 registros` */
export function count(figure: number, one: string, many: string): string {
  return `${whole(figure)} ${figure === 1 ? one : many}`;
}

/** `0,4 s`, `2 min 5 s` */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${ONE_DECIMAL.format(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** `17.118.181-K`, as Chileans read it; what is no RUT stays as it was written. */
export function dottedRut(rut: string): string {
  const match = /^(\d+)-([\dK])$/.exec(rut);
  if (!match) return rut;
  return `${(match[1] as string).replace(/\B(?=(\d{3})+$)/g, '.')}-${match[2]}`;
}
