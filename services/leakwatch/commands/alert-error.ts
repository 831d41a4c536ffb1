import { AlertError } from '@leakwatch/alerting/desk';
import { describeIssues } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { ZodError } from 'zod';

/** What somebody asked of an alert that can't be done is a mistake in the call; anything else stays what it is. */
export function asUsageError(error: unknown): unknown {
  if (error instanceof AlertError) return new UsageError(error.message);
  if (error instanceof ZodError) return new UsageError(describeIssues(error).join('; '));
  return error;
}
