/** The options that choose alerts, the same for the list and for every move. A name may be repeated, which means any of them. */
import { InvalidArgumentError, Option, type Command } from '@commander-js/extra-typings';
import { QueueFilterSchema, type QueueFilter } from '@leakwatch/console/schemas';
import { z } from 'zod';
import { didYouMean } from '../nearest-name.ts';
import { instantAgo, wholeNumber } from './options.ts';

const STATES = ['open', 'acknowledged', 'investigating', 'resolved'] as const;
const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
const VIOLATIONS = ['leaked-image', 'early-post', 'undisclosed-price', 'missing-disclosure'] as const;

/** What commander gives for the options; absent ones stay absent. */
const GivenSchema = z.object({
  state: z.array(z.enum(STATES)).optional(),
  severity: z.array(z.enum(SEVERITIES)).optional(),
  tier: z.array(z.number()).optional(),
  violation: z.array(z.enum(VIOLATIONS)).optional(),
  creator: z.array(z.string()).optional(),
  campaign: z.array(z.string()).optional(),
  item: z.array(z.string()).optional(),
  rule: z.array(z.string()).optional(),
  platform: z.array(z.string()).optional(),
  assignee: z.array(z.string()).optional(),
  since: z.date().optional(),
  search: z.array(z.string()).optional(),
  overdue: z.boolean().optional(),
});

function filterOptions(): Option[] {
  const one = (flags: string, says: string) => new Option(flags, says);
  const several =
    (parse: (text: string) => string | number) =>
    (text: string, before: unknown): unknown[] => [
      ...(Array.isArray(before) ? z.array(z.unknown()).parse(before) : []),
      parse(text),
    ];
  const word = (text: string) => text;
  return [
    one('--state <state>', `one of ${STATES.join(', ')}`).argParser(several(oneOf(STATES))),
    one('--severity <severity>', `one of ${SEVERITIES.join(', ')}`).argParser(several(oneOf(SEVERITIES))),
    one('--tier <n>', 'creators in this tier').argParser(several(wholeNumber(1, 5))),
    one('--violation <violation>', `one of ${VIOLATIONS.join(', ')}`).argParser(several(oneOf(VIOLATIONS))),
    one('--creator <id>', 'of this creator').argParser(several(word)),
    one('--campaign <id>', 'about this campaign').argParser(several(word)),
    one('--item <id>', 'with this term or asset').argParser(several(word)),
    one('--rule <id>', 'raised by this rule').argParser(several(word)),
    one('--platform <name>', 'with a post on this platform').argParser(several(word)),
    one('--assignee <name>', 'assigned to this person, `me` or `nobody`').argParser(several(word)),
    one('--since <when>', 'opened from then on: an instant, a day, or a time back: 90m, 4h, 2d').argParser(
      instantAgo,
    ),
    one('--search <words>', 'whose captions have all these words').argParser(several(word)),
    one('--overdue', 'past their deadline'),
  ];
}

export function addFilter(command: Command): void {
  for (const option of filterOptions()) command.addOption(option);
}

/** @returns the filter of the given options; null if none is given */
export function filterOf(options: unknown): QueueFilter | null {
  const { search, since, ...given } = GivenSchema.parse(options);
  const filter = QueueFilterSchema.parse({ ...given, since: since?.toISOString(), q: search?.join(' ') });
  return Object.values(filter).some((value) => value !== undefined) ? filter : null;
}

function oneOf<T extends string>(known: readonly T[]): (text: string) => T {
  return (text) => {
    const found = known.find((one) => one === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`must be one of ${known.join(', ')}${didYouMean(text, known)}`);
  };
}
