import { FlagSchema, integerSetting, loadConfig } from '@leakwatch/runtime';
import { z } from 'zod';

const HttpUrlSchema = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** The environment variables of the console. */
export const CONSOLE_VARIABLES = {
  LEAKWATCH_CONSOLE: FlagSchema.default(true),
  LEAKWATCH_CONSOLE_URL: HttpUrlSchema.default('http://127.0.0.1:8081'),
  LEAKWATCH_CONSOLE_HOST: z.string().default('127.0.0.1'),
  LEAKWATCH_CONSOLE_PORT: integerSetting({ min: 0, max: 65_535 }).default(8081),
  LEAKWATCH_CONSOLE_SESSION_HOURS: integerSetting({ min: 1, max: 24 * 30 }).default(12),
  LEAKWATCH_CONSOLE_REDACT: z
    .enum(['viewers', 'all'], { error: 'must be viewers or all' })
    .default('viewers'),
};

/** Settings of the console, from the environment. */
export function loadConsoleConfig(env: NodeJS.ProcessEnv) {
  const settings = loadConfig(CONSOLE_VARIABLES, env);
  return {
    /** False: `leakwatch up` starts none. */
    enabled: settings.LEAKWATCH_CONSOLE,
    /** The address that people and notices use; a proxy in front may have another than the server itself. */
    url: settings.LEAKWATCH_CONSOLE_URL,
    host: settings.LEAKWATCH_CONSOLE_HOST,
    /** 0 picks a free port. */
    port: settings.LEAKWATCH_CONSOLE_PORT,
    sessionMs: settings.LEAKWATCH_CONSOLE_SESSION_HOURS * 3_600_000,
    /** For whom terms and pictures are hidden until they reveal them. */
    redact: settings.LEAKWATCH_CONSOLE_REDACT,
  };
}

export type ConsoleConfig = ReturnType<typeof loadConsoleConfig>;
