/** Takes units of the API. Returns null if they were left, else the milliseconds until the day ends. */
export type TakeUnits = (units: number) => number | null;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Google counts by days of this zone. `sv-SE` writes `2026-11-30 14:05:09`. */
const PACIFIC = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/Los_Angeles',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Counts units by the day of Google's quota, which begins at midnight in California. A restart counts anew. */
export function createDailyQuota(clock: () => Date, unitsPerDay: number): TakeUnits {
  let day = '';
  let used = 0;
  return (units) => {
    const [today = '', time = ''] = PACIFIC.format(clock()).split(' ');
    if (today !== day) [day, used] = [today, 0];
    if (used + units <= unitsPerDay) {
      used += units;
      return null;
    }
    const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
    // On the days when summer time begins or ends this is an hour off; then it is asked again.
    return DAY_MS - hours * HOUR_MS - minutes * 60_000 - seconds * 1000;
  };
}
