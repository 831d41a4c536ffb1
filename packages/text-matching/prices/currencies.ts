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
  '₽ rub руб рублей рубля рубль рублям р',
  '₺ TRY tl lira lirası',
  'zł zl pln złoty złote złotych zloty zlote zlotych',
  'kr sek nok dkk isk kronor kroner krónur',
  'chf fr sfr franken',
  'r$ brl reais',
  'c$ ca$ cad',
  'a$ au$ aud',
  'nz$ nzd',
  'hk$ hkd',
  's$ sg$ sgd',
  'mx$ mxn pesos',
  'COP CLP ARS UYU pesos',
  's/ PEN soles',
  '₡ crc colones',
  '₲ pyg guaraníes',
  'nt$ twd',
  'kč czk kc korun koruny',
  'Ft huf forint',
  'RON lei leu',
  'bgn лв лева',
  'R ZAR rand',
  '₦ ngn naira',
  'ksh kes',
  '৳ bdt taka টাকা',
  'lkr npr pkr rs rupees',
  '₸ kzt тенге',
  '₾ GEL lari ლარი',
  'ден mkd денари',
  'rsd din dinara дин динара',
  'byn',
  'BAM',
  'MAD dh dirhams',
  'tnd dt',
  'qar',
  'kwd',
  'omr',
  'bhd',
  'jod',
  'sar sr riyal riyals ريال',
  '₴ uah грн гривень гривні',
  '₫ vnd đ vnđ đồng',
  '฿ thb baht บาท',
  '₱ PHP piso pesos',
  '₪ ils nis שקל שקלים ש"ח ש״ח שח',
  'RM myr ringgit',
  'rp idr rupiah',
  'aed dhs dirham dirhams درهم د.إ',
  'egp LE e£ جنيه',
].map((names) => new Set(names.split(' ')));

const PREFIXED = new Set(
  CURRENCIES.flatMap((names) => [...names].filter((name) => /^\p{L}+\p{Sc}$/u.test(name))),
);
/** Names in letters that may stand right before other letters: `5500円です`. */
const UNSPACED =
  /^(?:円|えん|元|块|塊|원|엔|달러|유로|파운드|ドル|ユーロ|ポンド|ウォン|美元|美金|欧元|英镑|人民币|韩元|บาท)/u;
/** The word of a currency. Hebrew and Arabic ones may hold a sign: `ש"ח`, `د.إ`; the Peruvian one ends in one: `S/`. */
const WORD = String.raw`[\p{L}\p{M}]+(?:(?<=\p{Script=Hebrew})["״]\p{L}+|(?<=\p{Script=Arabic})\.\p{Script=Arabic}+)?`;
const AHEAD = new RegExp(String.raw`((?:\p{L}{1,3})?\p{Sc}|${WORD}|S/)\.?[ \u00a0\u202f]{0,2}$`, 'iu');
const BEHIND = new RegExp(
  String.raw`^(?:[.,]?[-–—]|\/-)?[ \u00a0\u202f]{0,2}(\p{Sc}|\p{L}{1,2}\$|${WORD})`,
  'u',
);
/** The part of a word before letters of a script that writes particles: `EUR에서`, `руб에`. */
const BEFORE_PARTICLE =
  /^[^\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Han}]+(?=[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Han}])/u;
/** The part of a word behind such letters: `가격은USD`. */
const BEHIND_PARTICLE =
  /(?<=[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Han}])[^\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Han}]+$/u;
/** Endings of a currency's word in a sentence: `49 eurolla`, `750 liradan`, `за 49 рублями`. */
const INFLECTED =
  /^(\p{L}{4,}?)(?:a|n|t|s|on|in|ia|lla|llä|ssa|sta|lle|ja|ya|ye|da|de|dan|den|yı|ért|ra|val|ból|ov|ách|ami|om|y|u|ow|ów|ам|ами|ах|ом|ов|ы|у|а)$/iu;
const WORDS = new RegExp(String.raw`\p{L}*\p{Sc}|S/|${WORD}`, 'gu');
/** A Swedish price: `499:-`. */
const KRONOR = /^:[-–—]/u;
/** UTF-16 units to search on either side: enough for a currency and a space. */
const BESIDE = 14;

/** The ways to write the currency of a price; undefined if it names none. */
export function currencyOf(price: string): Currency | undefined {
  const words = price.normalize('NFC').match(WORDS) ?? [];
  const known = CURRENCIES.filter(
    (currency) => words.some((word) => names(currency, word)) || isUnnamed(price, currency),
  );
  return known.length === 0 ? undefined : new Set(known.flatMap((currency) => [...currency]));
}

/** True if the word before the unit `from` names the currency. */
export function isCurrencyAhead(text: string, from: number, currency: Currency): boolean {
  const ahead = AHEAD.exec(text.slice(Math.max(0, from - BESIDE), from))?.[1];
  if (ahead === undefined) return false;
  const word = BEHIND_PARTICLE.exec(ahead)?.[0] ?? ahead;
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
  const own = UNSPACED.exec(word)?.[0] ?? BEFORE_PARTICLE.exec(word)?.[0] ?? word;
  return names(currency, own) || names(currency, INFLECTED.exec(own)?.[1]);
}

/** True for a price of countries where people leave the currency out: `499:-`, `150rb`. */
function isUnnamed(price: string, currency: Currency): boolean {
  if (currency.has('sek')) return /\d:[-–—]/u.test(price);
  return currency.has('rupiah') && /\d\s?(?:rb|ribu)$/iu.test(price);
}

function names(currency: Currency, word: string | undefined): boolean {
  return word !== undefined && (currency.has(word) || currency.has(lower(word)));
}

function lower(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}
