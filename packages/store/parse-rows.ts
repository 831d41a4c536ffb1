import { describeIssues } from '@leakwatch/contracts';
import { type z } from 'zod';
import { type QueryAnswer } from './queryable.ts';
import { StoreError } from './store-error.ts';

/** Parses the rows of an answer. A row that does not match the schema is a StoreError that says where. */
export function parseRows<S extends z.ZodType>(answer: QueryAnswer, schema: S): z.infer<S>[] {
  return answer.rows.map((row) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data;
    const issues = describeIssues(parsed.error).join('; ');
    throw new StoreError(
      'unexpected-row',
      `the database gave a row that this code does not understand: ${issues}`,
    );
  });
}
