import { checkDigit, santiagoDateTime } from '@puente-sic/protocol';

const figures = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 2 });

/** A number as people in Chile write it: 1.234,5. */
export function formatNumber(value: number): string {
  return figures.format(value);
}

/** Connected time in hours and minutes: `2 h 05 min`; as it was sent where it is no number of seconds. */
export function formatSeconds(text: string | null): string {
  const seconds = Number(text ?? Number.NaN);
  if (!Number.isFinite(seconds)) return text ?? '—';
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** A percentage of the history (`10.00000`) as people write it: `10 %`; as it was sent where it is no number. */
export function formatPercentage(text: string | null): string {
  const figure = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(figure) ? `${formatNumber(figure)} %` : (text ?? '—');
}

/** `11.222.333-K`. */
export function formatPersonRut(numero: number, dv: string = checkDigit(numero)): string {
  return `${String(numero).replace(/\B(?=(\d{3})+$)/g, '.')}-${dv}`;
}

/** An instant on Santiago's clock, to the minute. */
export function formatInstant(instant: number): string {
  return santiagoDateTime(new Date(Number(instant))).slice(0, 16);
}

const ESTADOS: Record<string, string> = { 1: 'Cursando', 2: 'Aprobado', 3: 'Reprobado' };

export function formatEstado(estado: string | number | null): string {
  return ESTADOS[String(estado)] ?? '—';
}
