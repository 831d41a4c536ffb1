import { type QueueFilter } from '@leakwatch/console/schemas';
import { dropAbsent } from '../../data/queue-filter.ts';
import { words } from '../../words/index.ts';

/** One part of a filter in words, and the filter without it. */
interface FilterPart {
  readonly label: string;
  readonly without: QueueFilter;
}

const byTable =
  (texts: Readonly<Record<string, string>>) =>
  (value: string): string =>
    texts[value] ?? value;
const SAY: Readonly<Record<string, (value: string) => string>> = {
  state: byTable(words.queue.states),
  severity: byTable(words.severity),
  violation: byTable(words.violation),
  assignee: byTable({ me: words.queue.me, nobody: words.queue.nobody }),
  tier: (value) => words.tier(Number(value)),
  platform: words.engine.platform,
  rule: words.engine.rule,
};
const FILTERS: Readonly<Record<string, string>> = words.queue.filters;

export function describeFilter(filter: QueueFilter): FilterPart[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    const name = FILTERS[key] ?? key;
    if (value === undefined || value === false) return [];
    if (!Array.isArray(value)) {
      const label = value === true ? name : `${name}: ${shorten(value)}`;
      return [{ label, without: dropAbsent({ ...filter, [key]: undefined }) }];
    }
    return value.map((one) => ({
      label: `${name}: ${SAY[key]?.(String(one)) ?? String(one)}`,
      without: dropAbsent({ ...filter, [key]: value.filter((other) => other !== one) }),
    }));
  });
}

/** A date without its time. */
function shorten(value: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(value) ? value.slice(0, 10) : value;
}
