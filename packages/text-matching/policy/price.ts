/** Finds the currency of a price. A number without its currency is not a price. */

/** The signs, code and words of each currency, in lower case. */
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
/** UTF-16 units to search on either side: enough for a currency and a space. */
const BESIDE = 12;

/** The ways to write the currency of a price; undefined if it names none. */
export function currencyOf(price: string): ReadonlySet<string> | undefined {
  const words = price.toLowerCase().match(/[\p{L}]*\p{Sc}|\p{L}+|￥/gu) ?? [];
  const known = CURRENCIES.filter((currency) => words.some((word) => currency.includes(word)));
  return known.length === 0 ? undefined : new Set(known.flat());
}

/** True if one of a currency's signs or words stands beside the figures from `from` to `to`. */
export function hasCurrency(text: string, from: number, to: number, currency: ReadonlySet<string>): boolean {
  const ahead = CURRENCY_AHEAD.exec(text.slice(Math.max(0, from - BESIDE), from))?.[1];
  const behind = CURRENCY_BEHIND.exec(text.slice(to, to + BESIDE))?.[1];
  return [ahead, behind].some(
    (word) => word !== undefined && currency.has(word.normalize('NFKC').toLowerCase()),
  );
}
