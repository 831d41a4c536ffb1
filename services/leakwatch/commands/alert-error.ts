import { AlertError } from '@leakwatch/alerting/desk';
import { describeIssues } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { ZodError } from 'zod';

/** Turns a refused request about an alert into a mistake in the call. Other errors stay as they are. */
export function asUsageError(error: unknown): unknown {
  if (error instanceof AlertError) return new UsageError(error.message);
  if (error instanceof ZodError) return new UsageError(describeIssues(error).join('; '));
  return error;
}
