import { type IncomingHttpHeaders } from 'node:http';

const LONGEST_REST_MS = 24 * 3_600_000;
/** Numbers above it are times in seconds since 1970, others seconds from now. */
const LARGEST_SECONDS = 1e8;

/** The host's own time, which its dates are to be read by: its clock may differ from ours. */
export function hostTimeOf(headers: IncomingHttpHeaders, ours: number): number {
  const theirs = Date.parse(headers.date ?? '');
  return Number.isNaN(theirs) ? ours : theirs;
}

/** How long the host asks to be left alone: `Retry-After`, or else the reset of its rate limit. Null if it does not say. */
export function retryAfterMsOf(headers: IncomingHttpHeaders, now: number): number | null {
  return waitOf(headers['retry-after'], now) ?? resetMsOf(headers, now);
}

/** How long a host is to be left alone whose rate limit is used up; null if there is room. */
export function quotaRestMs(headers: IncomingHttpHeaders, now: number): number | null {
  const remaining = headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining'];
  return typeof remaining === 'string' && /^\s*0+\s*$/.test(remaining) ? resetMsOf(headers, now) : null;
}

/** Words of hosts that say by another status than 429 that they are asked too often. */
const THROTTLED = /rate.?limit|too many|throttl|slow down|request limit/i;
/** Their meaning is plain. */
const PLAIN_REFUSALS: ReadonlySet<number> = new Set([401, 404, 410, 429]);

/** True if only the text of a refusal tells whether the host is asked too often. */
export function mayMeanThrottled(status: number): boolean {
  return status >= 400 && status < 500 && !PLAIN_REFUSALS.has(status);
}

/** Whether such a refusal means no more than that the host is asked too often. */
export function meansThrottled(headers: IncomingHttpHeaders, text: string): boolean {
  return headers['retry-after'] !== undefined || quotaRestMs(headers, 0) !== null || THROTTLED.test(text);
}

function resetMsOf(headers: IncomingHttpHeaders, now: number): number | null {
  return waitOf(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'], now);
}

/** Reads seconds from now, seconds since 1970, or a date. */
function waitOf(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string') return null;
  const seconds = /^\s*\d{1,12}\s*$/.test(header) ? Number(header) : null;
  const ms =
    seconds === null
      ? Date.parse(header) - now
      : seconds > LARGEST_SECONDS
        ? seconds * 1000 - now
        : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_REST_MS);
}
