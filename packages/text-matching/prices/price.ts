/** A price as a value: an amount and its currency, however they are written. */
import { withAsciiDigits } from '../fold/ascii-digits.ts';
import { amountsIn, type Amount } from './amounts.ts';
import { currencyOf, isCurrencyAhead, isCurrencyBehind, type Currency } from './currencies.ts';

export interface Price {
  readonly currency: Currency;
  readonly hundredths: number;
}

/** A larger unit makes another amount: `$49k`, `49 million dollars`, `5万円`. */
const MULTIPLIED =
  /^\s?(?:(?:k|m|mn|mio|mrd|bn|b|million|millions|billion|thousand|tsd|tausend|mil|mille|mila|lakh|crore|к|тысяч[аи]?|тыс|млн)(?!\p{L})|[万萬億亿만억천千])/iu;
/** Decimals behind the sign belong to the amount: `49€90` is not 49 €. */
const SPLIT_CENTS = /^[€$£]\d{2}(?![\d.,]?\d)/u;
const RUPIAH_THOUSANDS = /\d\s?(?:rb|ribu)$/iu;
const RANGE_SIGN = /^\s?[-–—~〜]\s?$/u;
/** A letter right before or after a number makes it a part of a word, except in scripts without spaces. */
const LETTER_AHEAD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}_]$/u;
const LETTER_BEHIND = /^(?!pp?(?!\p{L}))[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}_%]/u;

/** The price that a term names; undefined if it names no currency or not one amount. */
export function priceOf(term: string): Price | undefined {
  const currency = currencyOf(term);
  const amount = amountsIn(withAsciiDigits(term)).sort((a, b) => b.to - b.from - (a.to - a.from))[0];
  return currency === undefined || amount === undefined
    ? undefined
    : { currency, hundredths: amount.hundredths };
}

/** True if the currency stands beside the amount, or beside the other end of its range. */
export function isPrice(
  text: string,
  amount: Amount,
  amounts: readonly Amount[],
  currency: Currency,
): boolean {
  if (isContinued(text, amount.to)) return false;
  if (/\p{Sc}/u.test(text.slice(amount.from, amount.to))) {
    return Array.from(text.slice(amount.from, amount.to)).some((sign) => currency.has(sign));
  }
  // Indonesians leave the currency out where thousands are written so.
  if (RUPIAH_THOUSANDS.test(text.slice(amount.from, amount.to)) && currency.has('rupiah')) return true;
  const isAhead = isCurrencyAhead(text, amount.from, currency);
  const isBehind = isCurrencyBehind(text, amount.to, currency);
  if (!isAhead && LETTER_AHEAD.test(text.slice(0, amount.from).slice(-1))) return false;
  if (!isBehind && LETTER_BEHIND.test(text.slice(amount.to, amount.to + 2))) return false;
  return isAhead || isBehind || isInRange(text, amount, amounts, currency);
}

/** True if what follows an amount makes it another one. */
function isContinued(text: string, to: number): boolean {
  const behind = text.slice(to, to + 12);
  return MULTIPLIED.test(behind) || SPLIT_CENTS.test(behind);
}

function isInRange(text: string, amount: Amount, amounts: readonly Amount[], currency: Currency): boolean {
  return amounts.some(
    (other) =>
      (other.hundredths > amount.hundredths &&
        RANGE_SIGN.test(text.slice(amount.to, other.from)) &&
        isCurrencyBehind(text, other.to, currency)) ||
      (other.hundredths < amount.hundredths &&
        RANGE_SIGN.test(text.slice(other.to, amount.from)) &&
        isCurrencyAhead(text, other.from, currency)),
  );
}

/** True if the price stands at figures that may be disguised, as in `$４９`. */
export function isPriceAt(text: string, from: number, to: number, { currency, hundredths }: Price): boolean {
  const figures = text
    .slice(from, to)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '');
  const [amount] = amountsIn(figures);
  if (amount?.to === figures.length && amount.hundredths !== hundredths) return false;
  if (isContinued(text, to)) return false;
  return isCurrencyAhead(text, from, currency) || isCurrencyBehind(text, to, currency);
}
