import { type z } from 'zod';

/** `campaigns[0].terms[2].text: Too small …`: one line per issue, with its path. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => issueLines(issue, []));
}

function issueLines(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): string[] {
  const path = [...base, ...issue.path];
  return [`${formatPath(path)}: ${issue.message}`];
}

/** `['campaigns', 0, 'id']` → `campaigns[0].id`. */
export function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(whole document)';
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
