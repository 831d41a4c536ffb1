const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
/** The lowest bits tell clocks apart. */
const CLOCK_BITS = 10n;

/** The time in a record's key of the form TID, in milliseconds since 1970; null for another key. */
export function tidTime(key: string): number | null {
  if (!/^[2-7a-j][2-7a-z]{12}$/.test(key)) return null;
  let bits = 0n;
  for (const letter of key) bits = bits * 32n + BigInt(ALPHABET.indexOf(letter));
  return Number(bits >> CLOCK_BITS) / 1000;
}
