// The log: JSON lines, or readable ones on a terminal, on standard error.

import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/** The levels that `WINNOW_LOG_LEVEL` allows. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** How the log is written. */
export interface LogOptions {
  readonly level: (typeof LOG_LEVELS)[number];
  /** Whether lines are for people. */
  readonly pretty: boolean;
}

/** Fields that are never written out, wherever they stand. */
const REDACTED = ['authorization', 'cookie', 'token', 'password', 'secret', 'routingKey'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
  `req.headers.${name}`,
]);

/** Makes the log. */
export function createLog({ level, pretty: readable }: LogOptions): Logger {
  const options = {
    level,
    redact: { paths: REDACTED, censor: '<secret>' },
    base: null,
    // An error's own fields may hold requests with their headers; its text and stack are enough.
    serializers: {
      err: (error: unknown) =>
        error instanceof Error
          ? { type: error.name, message: error.message, stack: error.stack, ...(error.cause instanceof Error ? { cause: error.cause.message } : {}) }
          : { message: String(error) },
    },
  };
  return readable
    ? pino(
        options,
        // An error's stack stays on lines of its own.
        pretty({
          destination: 2,
          sync: true,
          singleLine: true,
          colorize: process.stderr.isTTY === true,
          translateTime: 'SYS:HH:MM:ss',
          ignore: 'pid,hostname',
        }),
      )
    : pino(options, pino.destination(2));
}
