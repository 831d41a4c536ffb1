import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * The process's logger: JSON lines on standard error, so that standard output stays the command's own.
 * No embargoed term, asset or creator name goes into a line above `debug`.
 */
export function createLogger(options: { level: string }): Logger {
  return pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  );
}

/** A logger that says nothing, for tests and for commands with a screen of their own. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}
