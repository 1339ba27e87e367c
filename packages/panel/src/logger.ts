import { mask } from '@puente-sic/protocol';
import { type Logger, pino } from 'pino';

/**
 * The log of the panel and of the service behind it, one JSON object a line. Whatever text an error of a library
 * carries is masked: no token, RUT, password or query string gets into it.
 */
export function createLogger(write: (line: string) => void): Logger {
  return pino(
    {
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: toldOf },
      formatters: { level: (level) => ({ level }), log: masked },
    },
    { write },
  );
}

interface ToldError {
  type: string;
  /** `ECONNREFUSED`: what an engineer looks up. */
  code?: string;
  message: string;
  stack: string;
  cause?: ToldError;
}

function toldOf(error: unknown): ToldError {
  if (!(error instanceof Error)) return { type: typeof error, message: mask(String(error)), stack: '' };
  const { name, message, stack = '', cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: name,
    ...(code !== undefined && { code: mask(code) }),
    message: mask(message),
    stack: mask(stack),
    ...(cause !== undefined && { cause: toldOf(cause) }),
  };
}

function masked(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? mask(value) : value]),
  );
}
