import type { Reply } from './exchange.ts';

/** A header's text; of a repeated one the first. */
export function header(headers: Reply['headers'], name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** The service's clock when it answered; null where it does not tell. */
export function serverDate(headers: Reply['headers']): Date | null {
  return readHttpDate(header(headers, 'date'));
}

/** What `Retry-After` asks to wait, in seconds, as a number or up to a date by the service's own clock. */
export function retryAfterSeconds(headers: Reply['headers']): number | null {
  const text = header(headers, 'retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const until = readHttpDate(text);
  const now = serverDate(headers);
  return until && now ? Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000)) : null;
}

function readHttpDate(text: string | null): Date | null {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}
