/** The zero of each script with digits of its own. Its other digits follow. */
const ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040, 0x17e0,
  0xff10,
];
const OTHER_DIGIT = /[^\P{Nd}0-9]/gu;

/** Writes the digits of all scripts as 0 to 9. The text keeps its length. */
export function withAsciiDigits(text: string): string {
  return text.replace(OTHER_DIGIT, (digit) => {
    const point = digit.charCodeAt(0);
    const zero = ZEROS.find((own) => point >= own && point < own + 10);
    return zero === undefined ? digit : String(point - zero);
  });
}
