/** Reads the days of a text, in figures and with the months' names of many languages. */
import { withAsciiDigits } from '../fold/ascii-digits.ts';
import { checkedDay, type CalendarDay } from './calendar-day.ts';
import { monthOf, monthOfAbbreviation } from './month-names.ts';
import { isSaidAsDay } from './doubtful-day.ts';

export interface DayPlace extends CalendarDay {
  readonly from: number;
  readonly to: number;
  /** The order in which day and month stand, if both are in figures without a year in front. */
  readonly order: 'day first' | 'month first' | undefined;
  /** True for two numbers without a year, which may be anything. */
  readonly isBare: boolean;
  /** True for `4.18.27`, which is a day only where the year is that of the term. */
  readonly needsYear?: boolean;
}

const [BEGIN, END] = [String.raw`(?<![\p{L}\d]|\d[-./:,])`, String.raw`(?![\d%]|[-./:,]\d)`];
const YEAR_FIRST = new RegExp(String.raw`${BEGIN}(\d{4})([-./])(\d{1,2})\2(\d{1,2})${END}`, 'gu');
const YEAR_LAST = new RegExp(
  String.raw`${BEGIN}(\d{1,2})([-./])(\d{1,2})\2(\d{4}|(?<=[./])\d{2})${END}`,
  'gu',
);
/** Without a year, both are written with two figures, or a preposition stands before them. */
const BARE =
  /(?<![\p{L}\d]|\d[-./:,])(?:(?<ahead>(?:on|by|until|till|from|since|am|ab|bis|vom|zum|seit|le|du|au|el|al|il|dal|del|dia|em|até|op|tot|den|dne|от|до|с)\s)(?<a>\d{1,2})(?<sign>[./])(?<b>\d{1,2})\.?|(?<c>\d{2})(?<sign2>[./])(?<d>\d{2})\.?)(?![\d%]|[-./:,]\d)/giu;
const EAST_ASIAN =
  /(?:(?<!\d)(\d{4}|\d{2})\s?[年년]\s?)?(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]/gu;
const VIETNAMESE =
  /(?<![\p{L}\d])(\d{1,2})\s(?:tháng|thg)\s(\d{1,2})(?!\d)(?:(?:,|\snăm)?\s(\d{4})(?!\d))?/giu;
/** Numbers of days and months in Chinese figures. */
const HAN_NUMBER = '[一二三四五六七八九十]{1,3}';
const IN_HAN = new RegExp(`(?<![一二三四五六七八九十])(${HAN_NUMBER})月(${HAN_NUMBER})[日号號]`, 'gu');
const PADDED = /^\d\d\.\d\d\./u;
const NUMBER = /(?<![\p{L}\d]|\d[-./:,]|[€$£¥+])\d{1,2}(?!\d|[./:,-]\d|%)/gu;
/** Stands after the day: `12th`, `12.`, `1er`. */
const AFTER_DAY =
  /^(?:st|nd|rd|th|er|ème|:?[ae]|[ºª°.])?,?[\s-]{1,2}(?:(?:of|de|di|del|d')\s?)?([\p{L}\p{M}]{3,})(\.?)/iu;
const BEFORE_DAY = /([\p{L}\p{M}]{3,})(\.?)[\s-]{1,2}(?:the\s)?$/iu;
const ORDINAL_END = /^(?:st|nd|rd|th|\.(?!\d))/iu;
const YEAR_BEHIND = /^[,.]?\s?(?:de\s|del\s|of\s)?(?:(\d{4})(?!\d)|['’](\d{2})(?!\d))/u;
const LONGEST_MONTH = 24;

export function daysIn(posted: string): DayPlace[] {
  if (!/[\p{Nd}月]/u.test(posted)) return [];
  const text = withAsciiDigits(posted);
  return [...inFigures(text), ...inWords(text), ...inHan(text)];
}

function inHan(text: string): DayPlace[] {
  return Array.from(text.matchAll(IN_HAN)).flatMap((match) => {
    const day = checkedDay(hanNumber(match[2]!), hanNumber(match[1]!), undefined);
    const [from, to] = [match.index, match.index + match[0].length];
    return day === undefined ? [] : [{ ...day, from, to, order: undefined, isBare: false }];
  });
}

/** The value of `十八` or `四`, from 1 to 99; 0 if the figures make no number. */
function hanNumber(written: string): number {
  const [, tens, ten, ones] = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/u.exec(written) ?? [];
  if (tens === undefined || (ten === '' && tens !== '' && ones !== '')) return 0;
  const value = (figure: string | undefined) => '一二三四五六七八九'.indexOf(figure ?? '') + 1;
  if (ten === '') return value(tens === '' ? ones : tens);
  return 10 * (tens === '' ? 1 : value(tens)) + (ones === '' ? 0 : value(ones));
}

/** The year that stands right behind the unit `to`. */
export function yearBehind(
  text: string,
  to: number,
): { readonly year: number; readonly to: number } | undefined {
  const found = YEAR_BEHIND.exec(text.slice(to, to + 12));
  if (found === null) return undefined;
  const year = Number(found[1] ?? `20${found[2]!}`);
  return year < 1900 || year > 2100 ? undefined : { year, to: to + found[0].length };
}

function inFigures(text: string): DayPlace[] {
  const found: DayPlace[] = [];
  const add = (
    match: RegExpMatchArray,
    day: CalendarDay | undefined,
    rest: Pick<DayPlace, 'order' | 'isBare' | 'needsYear'>,
  ) => {
    const from = match.index! + (match.groups?.ahead?.length ?? 0);
    if (day !== undefined) found.push({ ...day, ...rest, from, to: match.index! + match[0].length });
  };
  const addBoth = (match: RegExpMatchArray, [a, sign, b, year]: readonly (string | undefined)[]) => {
    const isBare = year === undefined;
    const needsYear = sign === '.' && year?.length === 2 && !PADDED.test(match[0]);
    const rest = { isBare, ...(needsYear ? { needsYear } : {}) };
    add(match, checkedDay(Number(a), Number(b), year), { order: 'day first', ...rest });
    if (sign !== '.' || needsYear || (Number(b) > 12 && !isBare))
      add(match, checkedDay(Number(b), Number(a), year), { order: 'month first', ...rest });
  };
  for (const match of text.matchAll(YEAR_FIRST))
    add(match, checkedDay(Number(match[4]), Number(match[3]), match[1]), { order: undefined, isBare: false });
  for (const match of text.matchAll(YEAR_LAST)) addBoth(match, match.slice(1));
  for (const match of text.matchAll(BARE)) {
    const { a, b, c, d, sign, sign2 } = match.groups!;
    const isPadded = a !== undefined || c!.startsWith('0') || d!.startsWith('0');
    const isStopped = (sign ?? sign2) === '.' && !match[0].endsWith('.') && a === undefined;
    if (isPadded && !isStopped) addBoth(match, [a ?? c, sign ?? sign2, b ?? d]);
  }
  for (const match of text.matchAll(VIETNAMESE))
    add(match, checkedDay(Number(match[1]), Number(match[2]), match[3]), { order: undefined, isBare: false });
  for (const match of text.matchAll(EAST_ASIAN))
    add(match, checkedDay(Number(match[3]), Number(match[2]), match[1]), { order: undefined, isBare: false });
  return found;
}

/** Days with the name of a month on one side. */
function inWords(text: string): DayPlace[] {
  return Array.from(text.matchAll(NUMBER)).flatMap((match) => {
    const at = match.index;
    const end = at + match[0].length;
    const behind = AFTER_DAY.exec(text.slice(end, end + LONGEST_MONTH));
    const ahead = BEFORE_DAY.exec(text.slice(Math.max(0, at - LONGEST_MONTH), at));
    const places = [
      { month: monthIn(behind), from: at, to: end + (behind?.[0].length ?? 0) - (behind?.[2]?.length ?? 0) },
      {
        month: monthIn(ahead),
        from: at - (ahead?.[0].length ?? 0),
        to: end + (ORDINAL_END.exec(text.slice(end, end + 2))?.[0].length ?? 0),
      },
    ];
    return places.flatMap(({ month, from, to }) => {
      const day = month === undefined ? undefined : checkedDay(Number(match[0]), month, undefined);
      if (day === undefined || !isSaidAsDay(text, from, to)) return [];
      const year = yearBehind(text, to);
      return [{ ...day, year: year?.year, from, to: year?.to ?? to, order: undefined, isBare: false }];
    });
  });
}

/** The month of a name or, before a stop, of an abbreviation. */
function monthIn(found: RegExpExecArray | null): number | undefined {
  const [, name = '', stop = ''] = found ?? [];
  return monthOf(name) ?? (stop === '' ? undefined : monthOfAbbreviation(name));
}
