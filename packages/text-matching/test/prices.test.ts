/** Prices are found by value: amount and currency, in any notation. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function find(text: string, post: string) {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text, kind: 'price' } }]);
  return matcher.match(post);
}

const TERMS = [
  ...['$64', '64 USD', 'USD 64', 'US$64', '€64', '64 EUR', 'EUR 64', '64,90 €', '€1.499,00', '£64.50', '£64'],
  ...[
    '¥6,400',
    '6400円',
    '6,400 元',
    '￥6400',
    '₩64,000',
    '64,000원',
    '64000 KRW',
    '₹6,499',
    'Rs. 6499',
    'Rs 6,499',
  ],
  ...['2490 руб', '2 490 ₽', '249 zł', '249,90 zł', '2499 kr', '2.499 kr', '2 499 kr', 'SEK 2499'],
  ...[
    "CHF 2'499",
    'CHF 64',
    '64 CHF',
    "2'499.50 CHF",
    'R$ 249,90',
    'R$249',
    '2.499,00 TL',
    '₺2.499',
    '1 290 Kč',
  ],
  ...['C$64', '64 CAD', 'A$64', 'HK$640', '6 490 Ft', '640 грн', '฿640', '₹1,24,999'],
];

describe('a price', () => {
  it.each(TERMS)('finds itself: %s', (term) => {
    for (const post of [
      term,
      `it costs ${term} at launch`,
      `only ${term}!`,
      `(${term})`,
      `${term}, they say`,
    ]) {
      expect(find(term, post), post).toHaveLength(1);
    }
  });

  it.each([
    ...TERMS,
    ...['₸6490', '64 GEL', 'COP 64.000', 'S/ 64', '৳640', 'LKR 6400', '640 RSD', 'KWD 6.500', 'E£640'],
    ...['199 ש"ח', 'د.إ199', '640:-', '150rb', '64 złoty', '64 zloty', 'ISK 6400'],
  ])('stands before a Korean particle, behind a Korean word and in a sentence: %s', (term) => {
    for (const post of [`${term}에서`, `${term}는 싸다`, `가격은${term}`, `it costs ${term} now`])
      expect(find(term, post), post).toHaveLength(1);
  });

  it.each([
    ['64 EUR', ['64 euroa', '64 eurolla', '64 euroya', '64 eurón át? 64 eurot', '64 euróért']],
    ['640 TL', ['640 liradan', '640 liraya']],
    ['64 zł', ['za 64 złotych', '64 złotymi? 64 zloty']],
    ['12 000 руб', ['12к руб', '12к рублей', '12 тысяч рублей', '12 тыс. руб']],
    ['12000 EUR', ['12 tsd. Euro', '12 Tausend Euro', '12 mille euro', '12k eur']],
  ])('%s in a sentence of its language', (term, posts) => {
    for (const post of posts) expect(find(term, post), post).toHaveLength(1);
  });

  it.each([
    ['64 GBP', ['64 pounders', '64 poundage']],
    ['12 EUR', ['€12 mil', '€12 tsd', '12 eurovision fans', '12 EURX에서']],
    ['64 GEL', ['64 gel']],
    ['12 руб', ['12 тысяч рублей', '₽12к']],
  ])('%s is not in %j', (term, posts) => {
    for (const post of posts) expect(find(term, post), post).toEqual([]);
  });

  it.each([
    ['64 EUR', ['64 €', '64€', '€64', 'EUR 64', '64,00 euros', '64.00 EUR', '€ 64,-', '60-64 €', '€64–79']],
    ['$83', ['$83.00', '83 usd', 'US$83', '83 bucks', '$83-99', '$70-83', '70-83 USD', '83달러', 'only$83']],
    ['Rp 150.000', ['cuma 150rb aja', '150 ribu', 'Rp150rb', 'Rp 150.000,-', '150k rupiah']],
    ['CHF 2499', ["CHF 2'499.-", 'Fr. 2499', '2’499 CHF', "2'499.00 chf"]],
    ['R$ 249,90', ['R$249,90', 'total de R$249.90', '249,90 reais']],
    ['64000 KRW', ['64,000원', '₩64,000', '가격은 64,000원입니다', '64000 won']],
    ['¥6,400', ['6 400 ¥', '6.400円', '6,400yen', '約6400円です']],
    ['€64,90', ['64€90', '64.90 €', 'EUR 64,90']],
    ['2.499 kr', ['2 499 kr', '2499 kr', '2499:- eller 2499 SEK']],
    ['$64', ['오늘 $64는 좋다', '$64에서', '＄６４', 'USD64']],
    ['₹1,24,999', ['Rs. 124999', '₹124,999']],
  ])('%s is found in other notations', (term, posts) => {
    for (const post of posts) expect(find(term, post), post).toHaveLength(1);
  });

  it.each([
    ['Rp 150.000', ['150', '1150rb', '150 orang', '150 ribuan', '15rb']],
    [
      '64 EUR',
      ['64', '64 people', '$64', '64 USD', '640 EUR', '64,50 €', '164 €', '1.64 €', '64.000 €', '64€90'],
    ],
    [
      '$83',
      ['$830', '$83k', '$83 million', 'R$ 83', 'C$83', '83%', '$8.30', '$1,083', 'A$83', '83-90', '$99-83'],
    ],
    ['$1,299', ['$12.99', '$1.29', '$129', '$299', '1299', '€1,299']],
    ['$12.99', ['$1,299', '$1299', '$12']],
    ['₺64', ['at 64 try again']],
    ['2499 kr', ['2499 krona-fans', '12 499 kronstadt', 'KX2499', '24990 kr']],
    ['¥6,400', ['6400万円', '64円', '6,400 people']],
  ])('%s is not another amount or another currency', (term, posts) => {
    for (const post of posts) expect(find(term, post), post).toEqual([]);
  });
});
