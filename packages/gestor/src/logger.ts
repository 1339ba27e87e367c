import { mask } from '@puente-sic/protocol';
import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * The service's log, one JSON object a line. No token and no whole RUT gets into it: what a message or an error of a
 * library might carry is masked on its way out.
 */
export function createLogger(level = 'info', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: {
      err: (error: Error) => ({
        type: error.name,
        message: mask(error.message),
        stack: mask(error.stack ?? ''),
      }),
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
