import { type Hours } from './routes-schema.ts';

/**
 * Whether an instant is within the hours, by the clocks of their time zone: from `from` on, and before `to`. Equal
 * times mean the whole day. Hours over midnight belong to the day on which they begin.
 */
export function isWithinHours({ from, to, days, timeZone }: Hours, at: Date): boolean {
  const { day, time } = wallClock(at, timeZone);
  const isOverMidnight = to <= from;
  const isMorningAfter = isOverMidnight && time < to && time < from;
  const isIn = isOverMidnight ? time >= from || time < to : time >= from && time < to;
  const startedOn = isMorningAfter ? (day + 6) % 7 : day;
  return isIn && (days === undefined || days.some((name) => DAY_NUMBERS[name] === startedOn));
}

const DAY_NUMBERS = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 } as const satisfies Record<
  NonNullable<Hours['days']>[number],
  number
>;

/** `{ day: 1, time: '18:05' }` for a Monday. */
function wallClock(at: Date, timeZone: string): { day: number; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const date = new Date(`${part('year')}-${part('month')}-${part('day')}T00:00:00Z`);
  return { day: date.getUTCDay(), time: `${part('hour')}:${part('minute')}` };
}
