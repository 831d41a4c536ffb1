import { expect, it } from 'vitest';
import { z } from 'zod';
import { describeIssues } from '../index.ts';

const Selection = z.union([
  z.strictObject({ ids: z.array(z.string()).min(1) }),
  z.strictObject({ filter: z.strictObject({ tiers: z.array(z.int().max(5)).min(1) }) }),
]);
const Move = z.discriminatedUnion('change', [
  z.object({ change: z.literal('open') }),
  z.object({ change: z.literal('snoozed'), until: z.iso.datetime({ offset: true }) }),
]);

it.each<[schema: z.ZodType, value: unknown, lines: string[]]>([
  [z.object({ name: z.string() }), {}, ['name: is missing']],
  [z.object({ kind: z.enum(['a', 'b']) }), {}, ['kind: is missing']],
  [z.object({ kind: z.enum(['a', 'b']) }), { kind: 'c' }, ['kind: must be one of "a", "b"']],
  [z.array(z.string()), ['a', 7, null], ['[1]: must be text, not a number', '[2]: must be text, not null']],
  [z.coerce.number().int(), 'many', ['(whole document): must be a number']],
  [z.int(), 1.5, ['(whole document): must be a whole number']],
  [z.int().min(1).max(5), 9, ['(whole document): must be at most 5']],
  [z.number().positive(), 0, ['(whole document): must be more than 0']],
  [z.string().min(1), '', ['(whole document): must not be empty']],
  [z.string().max(1), 'ab', ['(whole document): must have at most 1 character']],
  [z.array(z.int()).length(2), [1], ['(whole document): must have exactly 2 entries']],
  [z.string().regex(/^\d{1,18}$/), 'x', ['(whole document): does not have the form that it must have']],
  [z.string().regex(/^\d+$/, 'must be digits'), 'x', ['(whole document): must be digits']],
  [z.union([z.literal(1), z.literal(2)]), 3, ['(whole document): must be one of 1, 2']],
  [Selection, { filter: { tiers: [9] } }, ['filter.tiers[0]: must be at most 5']],
  [
    Selection,
    { filter: { tiers: ['x'] } },
    ['(whole document): filter.tiers[0]: must be a number, not text'],
  ],
  [Selection, 7, ['(whole document): has none of the forms that it may have']],
  [Move, { change: 'closed' }, ['change: must be one of "open", "snoozed"']],
  [
    Move,
    { change: 'snoozed', until: 'later' },
    ['until: must be an RFC 3339 instant with a zone, like 2026-11-22T09:00:00Z'],
  ],
  [z.strictObject({}), { a: 1 }, ['(whole document): Unrecognized key: "a"']],
])('a mistake is told in plain words: %#', (schema, value, lines) => {
  const parsed = schema.safeParse(value);
  expect(parsed.error && describeIssues(parsed.error)).toEqual(lines);
});
