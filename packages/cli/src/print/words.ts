import { santiagoDateTime } from '@puente-sic/protocol';

const WHOLE = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 0 });
const TWO_DECIMALS = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 2 });
const ONE_DECIMAL = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 1 });

/** `1.234` */
export function whole(figure: number): string {
  return WHOLE.format(figure);
}

/** `1 registro`, `1.234 registros` */
export function count(figure: number, one: string, many: string): string {
  return `${whole(figure)} ${figure === 1 ? one : many}`;
}

/** `13,5` */
export function decimal(figure: number): string {
  return TWO_DECIMALS.format(figure);
}

/** `13,5 %` */
export function percent(figure: number): string {
  return `${decimal(figure)} %`;
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

/** `22:15` on Santiago's clock. */
export function clockTime(instant: Date): string {
  return santiagoDateTime(instant).slice(11, 16);
}

/** `2026-11-22` → `22-11-2026`. */
export function chileanDay(day: string): string {
  return day.split('-').reverse().join('-');
}
