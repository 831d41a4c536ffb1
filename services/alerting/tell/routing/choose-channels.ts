import { type AlertEvent } from '@leakwatch/contracts';
import { isWithinHours } from './hours.ts';
import { type RouteCondition, type RoutesSource } from './routes-schema.ts';

/** The facts that routes ask for, beside the change itself. */
export interface Surroundings {
  /** The brand of the alert's campaign; null if the watch list names none. */
  readonly brand: string | null;
  /** The role that the tier's chain calls at the alert's level; null if it names none. */
  readonly step: string | null;
}

/** Chooses the channels of a change. If no route takes it, it goes to all: rather too many notices than none. */
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

/** Whether a value is one of those asked for; if none is asked for, any is. */
function isAmong<T>(asked: readonly T[] | undefined, value: T | null): boolean {
  return asked === undefined || (value !== null && asked.includes(value));
}
