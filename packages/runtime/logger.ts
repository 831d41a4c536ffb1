import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** The process's loggers, children included: a child keeps a level of its own from its making on. */
const loggers = new Set<Logger>();

/**
 * The process's logger: JSON lines on standard error, so that standard output stays the command's own.
 * No embargoed term, asset or creator name goes into a line above `debug`.
 */
export function createLogger(options: { level: string }): Logger {
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      onChild: (child) => loggers.add(child),
    },
    pino.destination(2),
  );
  loggers.add(logger);
  return logger;
}

/** Sets the level of everything that logs in this process. */
export function setLogLevel(level: string): void {
  for (const logger of loggers) logger.level = level;
}

/** A logger that says nothing, for tests and for commands with a screen of their own. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}
