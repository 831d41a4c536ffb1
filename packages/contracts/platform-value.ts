import { z } from 'zod';
import { InstantSchema, NameIdSchema } from './common.ts';
import { hashId } from './ids.ts';

/** Characters of an id as a platform gives it. */
const LONGEST_ID = 8192;

/**
 * An id as a platform gives it. One that is no {@link NameIdSchema} becomes a hash of itself, always the same: a feed's guid
 * may be a long address or hold line breaks.
 */
export const PlatformIdSchema = z.string().min(1).max(LONGEST_ID).overwrite(toNameId);

/** An id that refers to another post; it may be empty. */
export const PlatformReferenceSchema = z.string().overwrite(toNameId);

function toNameId(id: string): string {
  if (id === '' || id.length > LONGEST_ID || NameIdSchema.safeParse(id).success) return id;
  return `hashed:${hashId(id)}`;
}

/** An instant as a platform gives it: RFC 3339, or the RFC 822 of feeds and mail, `Tue, 10 Nov 2026 09:00:00 +0100`. */
export const PlatformInstantSchema = z.string().overwrite(fromMailDate).pipe(InstantSchema);

const MAIL_DATE =
  /^(?:[A-Z][a-z]{2,8},? +)?(\d{1,2}) +([A-Z][a-z]{2})[a-z]* +(\d{2}|\d{4}) +(\d{1,2}):(\d{2})(?::(\d{2}))? *(\S+)?$/;
const LONGEST_DATE = 100;

const ZONE_HOURS = new Map([
  ['EST', -5],
  ['EDT', -4],
  ['CST', -6],
  ['CDT', -5],
  ['MST', -7],
  ['MDT', -6],
  ['PST', -8],
  ['PDT', -7],
]);
const UTC_NAMES = ['UT', 'UTC', 'GMT', 'Z', undefined];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Turns an RFC 822 date into RFC 3339; leaves all else as it is, for the next check to refuse. */
function fromMailDate(text: string): string {
  if (text.length > LONGEST_DATE) return text;
  const [, day, month, year, hour, minute, second = '0', zone] = MAIL_DATE.exec(text.trim()) ?? [];
  const monthIndex = MONTHS.indexOf(month ?? '');
  const zoneMs = zoneMsOf(zone);
  if (day === undefined || year === undefined || monthIndex === -1 || zoneMs === null) return text;
  const time = [hour, minute, second].map(Number);
  const local = new Date(Date.UTC(fullYear(year), monthIndex, Number(day), ...time));
  // Date counts on: 31 Feb would become 3 March.
  if (local.getUTCDate() !== Number(day) || local.getUTCHours() !== Number(hour)) return text;
  return new Date(local.getTime() - zoneMs).toISOString();
}

function zoneMsOf(zone: string | undefined): number | null {
  if (UTC_NAMES.includes(zone)) return 0;
  const hours = ZONE_HOURS.get(zone ?? '');
  if (hours !== undefined) return hours * 3_600_000;
  const [, sign, hh, mm] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  if (sign === undefined) return null;
  return (sign === '-' ? -1 : 1) * (Number(hh) * 60 + Number(mm)) * 60_000;
}

/** Two digits are of 1950 to 2049, as mail has it. */
function fullYear(year: string): number {
  const number = Number(year);
  if (year.length === 4) return number;
  return number < 50 ? 2000 + number : 1900 + number;
}
