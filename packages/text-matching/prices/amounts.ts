/** Reads the amounts of a text. People write one amount in many ways: `1299`, `1.299,00`, `1'299.-`, `1 299`. */

/** A number of the text. Its value is in hundredths. */
export interface Amount {
  readonly from: number;
  readonly to: number;
  readonly hundredths: number;
}

const CENTS = String.raw`(?:[.,]\d{1,2}(?!\d))?`;
/** No digit stands before or after a number, nor a decimal sign between them. */
const [BEGIN, END] = [String.raw`(?<!\d|\d[.,'’])`, String.raw`(?![.,'’]?\d)`];
const GROUPED = String.raw`\d{1,3}(?:[.,'’]\d{3}){1,4}(?!\d)${CENTS}`;
const INDIAN = String.raw`\d{1,2}(?:,\d{2}){1,4},\d{3}(?!\d)${CENTS}`;
const PLAIN = String.raw`\d{1,12}${CENTS}`;
const NUMBERS = new RegExp(`${BEGIN}(?:${GROUPED}|${INDIAN}|${PLAIN})${END}`, 'gu');
/** A space may part thousands or two numbers, so both readings count. */
const SPACED = new RegExp(
  String.raw`${BEGIN}(?<!\d )\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?!\d)${CENTS}${END}`,
  'gu',
);
/** Decimals behind the sign: `49€90`. */
const SPLIT_CENTS = /(?<![\d.,'’])\d{1,6}[€$£]\d{2}(?![\d.,]?\d)/gu;
/** A number with its thousands in words: `39k`, `150 ribu`, `1.5 lakh`, `3만9천`, `1.2万`. */
const MULTIPLIED = new RegExp(
  String.raw`${BEGIN}(\d{1,4})(?:[.,](\d{1,2}))?\s?(k|к|rb|ribu|thousand|tsd\.?|tausend|mil|mille|mila|bin|tys\.?|tisíc|тысяч[аи]?|тыс\.?|тис\.?|lakh|[천千만万萬])(?![\p{Script=Latin}\p{Script=Cyrillic}])(?:\s?(\d{1,4})(천|千|(?!\d)))?`,
  'giu',
);
const TEN_THOUSAND = '만万萬';
const LAKH = 100_000;
const CENTS_AT_END = /[.,€$£](\d{1,2})$/u;

/** Every reading of every number. Readings may overlap. */
export function amountsIn(text: string): Amount[] {
  const plain = [NUMBERS, SPACED, SPLIT_CENTS].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ 0: written, index }) => ({
      from: index,
      to: index + written.length,
      hundredths: hundredthsOf(written),
    })),
  );
  return [...plain, ...multipliedIn(text)];
}

function multipliedIn(text: string): Amount[] {
  return Array.from(text.matchAll(MULTIPLIED), (match) => {
    const [written, whole = '', decimals = '', unit = '', rest = '', small = ''] = match;
    const times = TEN_THOUSAND.includes(unit) ? 10_000 : unit.toLowerCase() === 'lakh' ? LAKH : 1000;
    const hundredths = (Number(whole) * 100 + Number(decimals.padEnd(2, '0'))) * times;
    const more = Number(rest) * (small === '' ? 100 : 100_000);
    return { from: match.index, to: match.index + written.length, hundredths: hundredths + more };
  });
}

/** The value of a number that {@link amountsIn} found. */
function hundredthsOf(written: string): number {
  const cents = CENTS_AT_END.exec(written);
  const whole = (cents === null ? written : written.slice(0, cents.index)).replace(/\D/gu, '');
  return Number(whole) * 100 + Number((cents?.[1] ?? '').padEnd(2, '0'));
}
