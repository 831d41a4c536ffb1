import { type QueueFilter } from '@leakwatch/console/schemas';
import { dropAbsent } from '../../data/queue-filter.ts';
import { words } from '../../words/index.ts';

/** One part of a filter in words, and the filter without it. */
interface FilterPart {
  readonly label: string;
  readonly without: QueueFilter;
}

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  state: words.queue.states,
  severity: words.severity,
  violation: words.violation,
  assignee: { me: words.queue.me, nobody: words.queue.nobody },
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
      label: `${name}: ${NAMES[key]?.[String(one)] ?? String(one)}`,
      without: dropAbsent({ ...filter, [key]: value.filter((other) => other !== one) }),
    }));
  });
}

/** A date without its time. */
function shorten(value: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(value) ? value.slice(0, 10) : value;
}
