const SANTIAGO = 'America/Santiago';

const time = new Intl.DateTimeFormat('es-CL', {
  timeZone: SANTIAGO,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const date = new Intl.DateTimeFormat('es-CL', {
  timeZone: SANTIAGO,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const weekday = new Intl.DateTimeFormat('es-CL', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const shortDay = new Intl.DateTimeFormat('es-CL', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const number = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 2 });

/** The day of an instant on Santiago's clock, `YYYY-MM-DD`. */
export function fechaDe(instant: string): string {
  return new Date(instant).toLocaleDateString('sv', { timeZone: SANTIAGO });
}

/** `22:05`, on Santiago's clock. */
export function hora(instant: string): string {
  return time.format(new Date(instant));
}

/** `23 nov 2026, 22:05`, on Santiago's clock. */
export function cuando(instant: string): string {
  return `${date.format(new Date(instant))}, ${hora(instant)}`;
}

/** `lunes, 23 de noviembre` of a `YYYY-MM-DD`. */
export function noche(fecha: string): string {
  return weekday.format(new Date(`${fecha}T12:00:00Z`));
}

/** `23 nov` of a `YYYY-MM-DD`. */
export function dia(fecha: string): string {
  return shortDay.format(new Date(`${fecha}T12:00:00Z`));
}

export function numero(value: number): string {
  return number.format(value);
}

/** `1 alumno`, `3 alumnos`. */
export function cuantos(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

/** `1 h 5 min` of seconds. */
export function duracion(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : hours(minutes);
}

/** `3 h 12 min`, `4 min`, `30 s`: what is left until an instant; never below zero. */
export function falta(until: string, now: number): string {
  return duracion(Math.max(0, (Date.parse(until) - now) / 1000));
}

function hours(minutes: number): string {
  const whole = `${Math.floor(minutes / 60)} h`;
  return minutes % 60 === 0 ? whole : `${whole} ${minutes % 60} min`;
}

/** `18.412.907-8` of `18412907-8`; what is no RUT stays as it is written. */
export function rutDe(rut: string): string {
  if (!/^\d+-[\dkK]$/.test(rut)) return rut;
  const [numero = '', digito = ''] = rut.split('-');
  return `${numero.replace(/\B(?=(\d{3})+$)/g, '.')}-${digito}`;
}
