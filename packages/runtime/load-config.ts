import { z } from 'zod';
import { UsageError } from './errors.ts';

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
 * @throws UsageError naming every variable that is wrong at once, without its value (it may be a secret)
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
  const lines = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
  throw new UsageError(`settings in the environment are wrong:\n${lines.join('\n')}`);
}
