import { type AlertEvent } from '@leakwatch/contracts';
import { isWithinHours } from './hours.ts';
import { type RouteCondition, type RoutesSource } from './routes-schema.ts';

/** What routes ask beside the change itself. */
export interface Surroundings {
  /** Of the alert's campaign; null where the watch list names none. */
  readonly brand: string | null;
  /** Who the tier's chain names for the level that the alert has come to; null where it names nobody. */
  readonly step: string | null;
}

/** The channels that a change is routed to. One that no route takes goes to all: it is better told too often than never. */
export function chooseChannels(
  { match, routes }: RoutesSource,
  event: AlertEvent,
  about: Surroundings,
  all: readonly string[],
): readonly string[] {
  const fitting = routes.filter(({ when }) => fits(when, event, about));
  if (fitting.length === 0) return all;
  const taken = match === 'first' ? fitting.slice(0, 1) : fitting;
  const chosen = new Set(taken.flatMap(({ channels }) => channels));
  return all.filter((channel) => chosen.has(channel));
}

function fits(when: RouteCondition, { change, at, alert }: AlertEvent, { brand, step }: Surroundings) {
  const stepTo = change === 'escalated' ? step : null;
  return (
    isAmong(when.tiers, alert.tier) &&
    isAmong(when.severities, alert.severity) &&
    isAmong(when.campaigns, alert.campaignId) &&
    isAmong(when.brands, brand) &&
    isAmong(when.changes, change) &&
    isAmong(when.escalatedTo, stepTo) &&
    (when.hours === undefined || isWithinHours(when.hours, new Date(at)))
  );
}

/** Whether a value is one of those asked for; where nothing is asked, any is. */
function isAmong<T>(asked: readonly T[] | undefined, value: T | null): boolean {
  return asked === undefined || (value !== null && asked.includes(value));
}
