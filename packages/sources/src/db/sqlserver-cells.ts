/** A value as the driver gives it. */
export interface SqlServerCell {
  value: unknown;
  metadata: { type: { name: string }; scale?: number | undefined };
}

/**
 * As the other engines give it: a date-time without a zone is the text that is stored, never this machine's hour; one
 * with its offset is a moment; a decimal is text with its decimals.
 */
export function cellOf({ value, metadata: { type, scale } }: SqlServerCell): unknown {
  if (value instanceof Date) return dateOf(value, type.name);
  if (typeof value === 'number' && (type.name === 'DecimalN' || type.name === 'NumericN'))
    return decimalOf(value, scale ?? 0);
  return value;
}

function dateOf(value: Date, type: string): unknown {
  // Of a type that says nothing of zones the driver makes a moment of UTC: its parts are what is stored.
  const stored = value.toISOString();
  switch (type) {
    case 'DateTimeOffset':
      return value;
    case 'Date':
      return stored.slice(0, 10);
    case 'Time':
      return stored.slice(11, 19);
    case 'DateTime2':
    case 'DateTime':
    case 'DateTimeN':
    case 'SmallDateTime':
      return stored.slice(0, stored.endsWith('.000Z') ? 19 : 23).replace('T', ' ');
    default:
      // Within a sql_variant nobody says of which type it was.
      return { unknown: type };
  }
}

/** Above 2^53 the driver has lost digits: it stays a number, which no identifier may be then. */
function decimalOf(value: number, scale: number): string | number {
  return Number.isSafeInteger(Math.round(value * 10 ** scale)) ? value.toFixed(scale) : value;
}
