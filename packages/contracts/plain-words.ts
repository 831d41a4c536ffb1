import { z } from 'zod';
import { formatPath } from './format-path.ts';

/** Values by the words of people; a kind that is not here keeps zod's words. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  regex: 'does not have the form that it must have',
  datetime: 'must be an RFC 3339 instant with a zone, like 2026-11-22T09:00:00Z',
  date: 'must be a day, like 2026-11-22',
  url: 'must be an address, like https://example.org',
  email: 'must be an e-mail address',
  uuid: 'must be a UUID',
};

/** Says what is wrong in plain words. A message that a schema gives goes before it; undefined: zod's own words will do. */
export function sayPlainly(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue.expected, issue.input);
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : oneOf(issue.values);
    case 'too_small':
      return bound(issue, issue.minimum, ['at least', 'more than']);
    case 'too_big':
      return bound(issue, issue.maximum, ['at most', 'less than']);
    case 'invalid_format':
      return FORMATS[issue.format];
    case 'invalid_union':
      return ofUnion(issue);
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    default:
      return undefined;
  }
}

function ofType(expected: string, input: unknown): string | undefined {
  if (input === undefined) return 'is missing';
  const wanted = KINDS[expected];
  const given = KINDS[z.core.util.parsedType(input)];
  if (wanted === undefined) return undefined;
  // A number where a whole one is wanted, and what is no number at all, say nothing by their kind.
  return given === undefined || expected === 'int' ? `must be ${wanted}` : `must be ${wanted}, not ${given}`;
}

function oneOf(values: readonly z.core.util.Primitive[]): string {
  const named = values.map((value) => z.core.util.stringifyPrimitive(value));
  return named.length === 1 ? `must be ${named.join('')}` : `must be one of ${named.join(', ')}`;
}

/** @param words - for a limit that is allowed itself, and for one that is not */
function bound(
  issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig>,
  limit: number | bigint,
  [allowed, beyond]: readonly [string, string],
): string | undefined {
  const origin: string = issue.origin;
  const than = issue.exact === true ? 'exactly' : issue.inclusive === false ? beyond : allowed;
  const much = `${than} ${limit}`;
  switch (origin) {
    case 'number':
    case 'int':
      return `must be ${much}`;
    case 'string':
    case 'array':
      if (much === 'at least 1') return 'must not be empty';
      return `must have ${much} ${NOUNS[origin][limit === 1 ? 0 : 1]}`;
    default:
      return undefined;
  }
}

const NOUNS = { string: ['character', 'characters'], array: ['entry', 'entries'] } as const;

/** Names the mistakes within the form that was meant, if one can tell which. */
function ofUnion(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  if (issue.inclusive === false) return 'has several of the forms that it may have, and must have one';
  if (issue.options !== undefined && issue.options.length > 0) return oneOf(issue.options);
  if (issue.input === undefined) return 'is missing';
  const choices = issue.errors.flatMap(([only, ...more]) =>
    only?.code === 'invalid_value' && only.path.length === 0 && more.length === 0 ? [only.values] : [],
  );
  if (choices.length === issue.errors.length) return oneOf(choices.flat());
  const meant = issue.errors.filter((issues) => !issues.some(isOfAnotherForm));
  if (meant.length === 0) return 'has none of the forms that it may have';
  return [...new Set(meant.map((issues) => issues.map(withPlace).join('; ')))].join(', or ');
}

function isOfAnotherForm({ path, code }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'unrecognized_keys');
}

function withPlace({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${formatPath(path)}: ${message}`;
}
