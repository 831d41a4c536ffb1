/** Finds the currency that stands beside an amount. A number without its currency is not a price. */

/** The signs, codes and words of a currency, in lower case. One in capitals must be written so: `49 try` is no lira. */
export type Currency = ReadonlySet<string>;

const CURRENCIES: readonly Currency[] = [
  '$ usd us$ dollar dollars dólar dólares dolar dolarów dollari доллар доллара долларов bucks 달러 ドル 美元 美金 डॉलर دولار דולר ดอลลาร์',
  '€ eur euro euros euró eurot евро ευρώ 유로 ユーロ 欧元 歐元 यूरो يورو אירו ยูโร',
  '£ gbp pound pounds quid фунтов 파운드 ポンド 英镑 英鎊',
  '¥ ￥ jpy cny rmb yen yuan 円 えん 元 块 塊 엔 인민폐 人民币 人民幣 иен юаней',
  '₩ ￦ krw won 원 ウォン 韩元 韓元',
  '₹ inr rs rupee rupees रुपये रुपए रुपया रूपये रु',
  '₽ rub руб рублей рубля рубль р',
  '₺ TRY tl lira lirası liraya',
  'zł zl pln złoty złote złotych zlotych',
  'kr sek nok dkk isk kronor kroner',
  'chf fr sfr franken',
  'r$ brl reais',
  'c$ ca$ cad',
  'a$ au$ aud',
  'nz$ nzd',
  'hk$ hkd',
  's$ sg$ sgd',
  'mx$ mxn pesos',
  'nt$ twd',
  'kč czk kc korun koruny',
  'Ft huf forint forintért',
  'RON lei leu',
  'bgn лв лева',
  'R ZAR rand',
  '₦ ngn naira',
  'ksh kes',
  'sar sr riyal riyals ريال',
  '₴ uah грн гривень гривні',
  '₫ vnd đ vnđ đồng',
  '฿ thb baht บาท',
  '₱ PHP piso pesos',
  '₪ ils nis שקל שקלים',
  'RM myr ringgit',
  'Rp idr rupiah',
  'aed dhs dirham dirhams درهم',
  'egp جنيه',
].map((names) => new Set(names.split(' ')));

const PREFIXED = new Set(
  CURRENCIES.flatMap((names) => [...names].filter((name) => /^\p{L}+\$$/u.test(name))),
);
/** Names in letters that may stand right before other letters: `5500円です`. */
const UNSPACED =
  /^(?:円|えん|元|块|塊|원|엔|달러|유로|파운드|ドル|ユーロ|ポンド|ウォン|美元|美金|欧元|英镑|人民币|韩元|บาท)/u;
const AHEAD = /((?:\p{L}{1,3})?\p{Sc}|[\p{L}\p{M}]+)\.?[ \u00a0\u202f]{0,2}$/u;
const BEHIND = /^(?:[.,]?[-–—]|\/-)?[ \u00a0\u202f]{0,2}(\p{Sc}|\p{L}{1,2}\$|[\p{L}\p{M}]+)/u;
/** A Swedish price: `499:-`. */
const KRONOR = /^:[-–—]/u;
/** UTF-16 units to search on either side: enough for a currency and a space. */
const BESIDE = 14;

/** The ways to write the currency of a price; undefined if it names none. */
export function currencyOf(price: string): Currency | undefined {
  const words = price.normalize('NFC').match(/\p{L}*\p{Sc}|[\p{L}\p{M}]+/gu) ?? [];
  const known = CURRENCIES.filter((currency) => words.some((word) => names(currency, word)));
  return known.length === 0 ? undefined : new Set(known.flatMap((currency) => [...currency]));
}

/** True if the word before the unit `from` names the currency. */
export function isCurrencyAhead(text: string, from: number, currency: Currency): boolean {
  const word = AHEAD.exec(text.slice(Math.max(0, from - BESIDE), from))?.[1];
  if (word === undefined) return false;
  // `R$` is a currency of its own, `only$` is a word before a sign.
  const hasSign = /.\p{Sc}$/u.test(word);
  if (hasSign && !PREFIXED.has(lower(word))) return names(currency, word.slice(-1));
  return names(currency, word);
}

/** True if the word at the unit `to` names the currency. */
export function isCurrencyBehind(text: string, to: number, currency: Currency): boolean {
  const behind = text.slice(to, to + BESIDE);
  if (currency.has('sek') && KRONOR.test(behind)) return true;
  const word = BEHIND.exec(behind)?.[1];
  if (word === undefined) return false;
  return names(currency, UNSPACED.exec(word)?.[0] ?? word);
}

function names(currency: Currency, word: string): boolean {
  return currency.has(word) || currency.has(lower(word));
}

function lower(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}
