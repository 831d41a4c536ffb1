/** A price is a number with its currency beside it; the number alone is none. */

/** What may stand for a currency, in lower case: its signs, its code, its words. */
const CURRENCIES: readonly (readonly string[])[] = [
  ['$', 'usd', 'us$', 'dollar', 'dollars', 'bucks'],
  ['€', 'eur', 'euro', 'euros'],
  ['£', 'gbp', 'pound', 'pounds', 'quid'],
  ['¥', '￥', 'jpy', 'cny', 'rmb', 'yen', 'yuan', '円', '元'],
  ['₩', 'krw', 'won', '원'],
  ['₹', 'inr', 'rs', 'rupee', 'rupees'],
  ['₽', 'rub', 'руб', 'рублей', 'рубля'],
  ['₺', 'try', 'tl', 'lira'],
  ['zł', 'zl', 'pln'],
  ['kr', 'sek', 'nok', 'dkk'],
  ['chf', 'fr'],
  ['r$', 'brl', 'reais'],
];
const CURRENCY_AHEAD = /([\p{Sc}￥]|\p{L}{1,3}\p{Sc}|\p{L}+)\.?\s{0,2}$/u;
const CURRENCY_BEHIND = /^[.,]?-?\s{0,2}([\p{Sc}￥]|\p{L}+)/u;
/** So many UTF-16 units on either side hold a currency and a space. */
const BESIDE = 12;

/** The ways to write the currency of a price; undefined for one without. */
export function currencyOf(price: string): ReadonlySet<string> | undefined {
  const words = price.toLowerCase().match(/[\p{L}]*\p{Sc}|\p{L}+|￥/gu) ?? [];
  const known = CURRENCIES.filter((currency) => words.some((word) => currency.includes(word)));
  return known.length === 0 ? undefined : new Set(known.flat());
}

/** Whether one of a currency's signs or words stands beside the figures from `from` to `to`. */
export function hasCurrency(text: string, from: number, to: number, currency: ReadonlySet<string>): boolean {
  const ahead = CURRENCY_AHEAD.exec(text.slice(Math.max(0, from - BESIDE), from))?.[1];
  const behind = CURRENCY_BEHIND.exec(text.slice(to, to + BESIDE))?.[1];
  return [ahead, behind].some(
    (word) => word !== undefined && currency.has(word.normalize('NFKC').toLowerCase()),
  );
}
