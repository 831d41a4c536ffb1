import { z } from 'zod';
import { SettingsError } from './errors.ts';

/** `yes`, `1`, `on` … of an environment variable. */
export const FlagSchema = z.stringbool({ error: 'must be one of 1, 0, true, false, yes, no, on, off' });

/** A whole number written as text. */
export function integerSetting(options: { min: number; max: number }) {
  return z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= options.min && value <= options.max, {
      error: `must be from ${options.min} to ${options.max}`,
    });
}

/**
 * Reads settings from environment variables. An empty variable counts as absent.
 *
 * @param shape - a zod schema a variable, by its name
 * @throws SettingsError naming every variable that is wrong at once
 */
export function loadConfig<S extends z.ZodRawShape>(
  shape: S,
  env: NodeJS.ProcessEnv,
): z.output<z.ZodObject<S>> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in shape && value !== undefined && value !== ''),
  );
  const parsed = z.object(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  throw new SettingsError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
}

/** One loader for each part of the result, by its name. A loader throws a SettingsError if its settings are wrong. */
export type SettingsLoaders<T> = { readonly [Name in keyof T]: (env: NodeJS.ProcessEnv) => T[Name] };

/**
 * Reads the settings of everything that a process will start, once, before it starts any of it.
 *
 * @throws SettingsError with the mistakes of all loaders, each once, in the order of the loaders
 */
export function readSettings<T extends object>(loaders: SettingsLoaders<T>, env: NodeJS.ProcessEnv): T {
  const read: Partial<T> = {};
  const problems = new Set<string>();
  for (const name in loaders) {
    try {
      read[name] = loaders[name](env);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      for (const problem of error.problems) problems.add(problem);
    }
  }
  if (!hasAll(read, loaders)) throw new SettingsError([...problems]);
  return read;
}

function hasAll<T extends object>(read: Partial<T>, loaders: SettingsLoaders<T>): read is T {
  return Object.keys(loaders).every((name) => name in read);
}
