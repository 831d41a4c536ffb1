import { loadConfig } from '@leakwatch/runtime';
import { z } from 'zod';

const DatabaseUrlSchema = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must look like postgres://user:password@host:5432/database',
});

/**
 * Which database and which log, from the environment.
 * @throws SettingsError
 */
export function loadEnvironmentConfig(env: NodeJS.ProcessEnv) {
  const settings = loadConfig({ DATABASE_URL: DatabaseUrlSchema.optional() }, env);
  return {
    /** Without one an embedded Postgres runs in the data folder. */
    databaseUrl: settings.DATABASE_URL,
  };
}
