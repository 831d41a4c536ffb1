const DIGITS = 'zero one two three four five six seven eight nine'.split(' ');
/** More figures than this, or fewer, are not spelled one by one. */
const [FEWEST, MOST] = [3, 10];

/** A code with its figures as English words, one by one: `KX five five two one B`; undefined if nobody would say it so. */
export function spelledDigits(code: string): string | undefined {
  const count = code.replace(/\D/gu, '').length;
  if (count < FEWEST || count > MOST) return undefined;
  return code
    .replace(/\d/gu, (digit) => ` ${DIGITS[Number(digit)]!} `)
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}
