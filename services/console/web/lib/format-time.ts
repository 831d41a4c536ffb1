import { describeSpan } from './time-left.ts';

const DAY_MS = 86_400_000;

/** An instant in a zone, the viewer's own without one: `Sat 28 Nov, 12:04`. The year stands there if it is another. */
export function formatInstant(at: string | number, now: number, zone?: string): string {
  const date = new Date(at);
  const isOtherYear = date.getUTCFullYear() !== new Date(now).getUTCFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isOtherYear ? { year: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    ...(zone === undefined ? {} : { timeZone: zone }),
  }).format(date);
}

/** A day of the calendar in UTC: `28 Nov`. */
export function formatDay(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(at);
}

/** The time of a day with seconds, with its date if it is not of the last day: `12:04:10`. */
export function formatClock(at: string, now: number): string {
  const date = new Date(at);
  const clock = date.toLocaleTimeString('en-GB');
  if (Math.abs(now - date.getTime()) < DAY_MS) return clock;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${clock.slice(0, 5)}`;
}

/** The short name of a zone at an instant: `JST`, `GMT+1`. */
export function zoneName(at: string, zone?: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZoneName: 'short',
    ...(zone === undefined ? {} : { timeZone: zone }),
  }).formatToParts(new Date(at));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** How long ago an instant was, or how far ahead: `2 min ago`, `in 3 h`. */
export function formatAgo(at: string, now: number): string {
  const passed = now - Date.parse(at);
  if (Math.abs(passed) < 5000) return 'just now';
  return passed > 0 ? `${describeSpan(passed)} ago` : `in ${describeSpan(passed)}`;
}

/** A text of a program with its instants as people read them. */
export function withTimes(text: string, now: number): string {
  return text.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (at) => formatInstant(at, now));
}

/** A share as a percentage; more digits near 100, where they matter. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(percent === 100 || percent === 0 ? 0 : 1)} %`;
}
