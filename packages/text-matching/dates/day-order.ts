/** The order of day and month in figures, by language and region. */

const LANGUAGE_CODE = /^[a-z]{2,3}(?![a-z])/;
const MONTH_FIRST_LANGUAGES = new Set(['ja', 'ko', 'zh', 'hu', 'lt', 'fa']);
const MONTH_FIRST_REGIONS = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR']);

export function languageCode(language: string): string {
  return LANGUAGE_CODE.exec(language.toLowerCase())?.[0] ?? 'en';
}

/** True for month before day, false for day before month, undefined for English without a region, where both are written. */
export function isMonthFirst(language: string, first = 0, second = 0): boolean | undefined {
  if (first > 12) return false;
  if (second > 12) return true;
  if (first === second && first > 0) return false;
  const code = languageCode(language);
  const region = /[-_]([A-Za-z]{2})(?![A-Za-z])/.exec(language)?.[1]?.toUpperCase();
  if (region !== undefined && MONTH_FIRST_REGIONS.has(region)) return true;
  if (code === 'en') return region === undefined ? undefined : false;
  return MONTH_FIRST_LANGUAGES.has(code);
}
