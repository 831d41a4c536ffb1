import { FlagSchema, integerSetting, loadConfig, type Logger, createLogger } from '@leakwatch/runtime';
import { z } from 'zod';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Options of every serving process. They take precedence over the environment. */
export interface ProcessOptions {
  readonly host?: string;
  readonly opsPort?: number;
  readonly logLevel?: LogLevel;
}

/** Variables that a serving process reads. */
export const PROCESS_VARIABLES = {
  LEAKWATCH_HOST: z.string().default('127.0.0.1'),
  LEAKWATCH_OPS_HOST: z.string().optional(),
  LEAKWATCH_OPS_PORT: integerSetting({ min: 0, max: 65_535 }).default(9464),
  LEAKWATCH_ADMIN_HOST: z.string().default('127.0.0.1'),
  LEAKWATCH_ADMIN_PORT: integerSetting({ min: 0, max: 65_535 }).optional(),
  LEAKWATCH_WATCHDOG_SECONDS: integerSetting({ min: 0, max: 3600 }).default(60),
  LEAKWATCH_TELEMETRY: FlagSchema.default(true),
  LEAKWATCH_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).optional(),
};

/** Reads a serving process's settings from the environment. */
export function loadProcessConfig(env: NodeJS.ProcessEnv) {
  return loadConfig(PROCESS_VARIABLES, env);
}

export type ProcessConfig = ReturnType<typeof loadProcessConfig>;

export interface ProcessSettings {
  readonly host: string;
  /** The address of /metrics, /healthz and /readyz. */
  readonly opsHost: string;
  readonly opsPort: number;
  /** Without a port there is no admin server. */
  readonly admin: { readonly host: string; readonly port: number | undefined };
  /** How long the main thread may stand still before the process is ended; 0: for ever. */
  readonly watchdogMs: number;
  /** Counts, times and traces. */
  readonly telemetry: boolean;
  readonly logger: Logger;
}

/** @param quiet - the log level if none is given */
export function chooseProcessSettings(
  options: ProcessOptions,
  config: ProcessConfig,
  quiet: LogLevel,
): ProcessSettings {
  return {
    host: options.host ?? config.LEAKWATCH_HOST,
    opsHost: config.LEAKWATCH_OPS_HOST ?? options.host ?? config.LEAKWATCH_HOST,
    opsPort: options.opsPort ?? config.LEAKWATCH_OPS_PORT,
    admin: { host: config.LEAKWATCH_ADMIN_HOST, port: config.LEAKWATCH_ADMIN_PORT },
    watchdogMs: 1000 * config.LEAKWATCH_WATCHDOG_SECONDS,
    telemetry: config.LEAKWATCH_TELEMETRY,
    logger: createLogger({ level: options.logLevel ?? config.LEAKWATCH_LOG_LEVEL ?? quiet }),
  };
}
