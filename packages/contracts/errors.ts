import { z } from 'zod';
import { formatPath } from './format-path.ts';
import { sayPlainly } from './plain-words.ts';

// Messages are made while a value is parsed, for all readers of a file, a body or a query alike.
z.config({ customError: sayPlainly });

/** `campaigns[0].terms[2].text: must not be empty`: one line per issue, with its path. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => issueLines(issue, []));
}

function issueLines(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): string[] {
  const path = [...base, ...issue.path];
  return [`${formatPath(path)}: ${issue.message}`];
}
