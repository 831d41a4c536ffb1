/** The edges of a code. A longer code is another product. */

/** A letter of an alphabet in which codes are written. Other scripts end a code: `新作KX-5521B`. */
const LETTER = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]/u;
/** The code goes on with figures: `NX-4410B-2`, `NX-4410.7`. After `_` stands another part of a file's name. */
const GOES_ON = /^[-./‐‑–][A-Za-z]{0,3}\d/u;
/** A picture's number at the end of a file's name: `NX-4410B-01.jpg`. */
const NUMBERED_FILE = /^[-.]\d{1,4}\.(?:jpe?g|png|webp|heic|gif|mp4|mov|tiff?|pdf)(?![\p{L}\p{N}])/iu;
const GOES_BACK = /\d[-./‐‑–]$/u;

export function isCodeStart(text: string, from: number): boolean {
  if (from === 0) return true;
  if (LETTER.test(text[from - 1]!)) return false;
  return !(/\d/u.test(text[from] ?? '') && GOES_BACK.test(text.slice(Math.max(0, from - 2), from)));
}

export function isCodeEnd(text: string, to: number): boolean {
  if (to >= text.length) return true;
  if (LETTER.test(text[to]!)) return false;
  return !goesOn(text, to);
}

/** True if the text after a code belongs to a longer code. */
export function goesOn(text: string, to: number): boolean {
  const behind = text.slice(to, to + 12);
  return GOES_ON.test(behind) && !NUMBERED_FILE.test(behind);
}
