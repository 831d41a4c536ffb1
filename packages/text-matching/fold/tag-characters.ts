/**
 * Reads tag characters (U+E0020 to U+E007E), invisible twins of ASCII. After a black flag they name its country. Elsewhere a run of them
 * is a hidden word, which a reader can copy and reveal.
 */
const FIRST_TAG = 0xe0020;
const LAST_TAG = 0xe007e;
const TO_ASCII = 0xe0000;
const BLACK_FLAG = 0x1f3f4;
const FEWEST = 3;
/** The most characters of a run to check on either side. */
const FARTHEST = 32;

/** The ASCII character that the tag character at a UTF-16 unit hides; 0 if it hides none. */
export function hiddenCharacter(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  if (!isTag(point)) return 0;
  let first = at;
  while (at - first < 2 * FARTHEST && first >= 2 && isTag(text.codePointAt(first - 2) ?? 0)) first -= 2;
  if (first >= 2 && text.codePointAt(first - 2) === BLACK_FLAG) return 0;
  let end = at + 2;
  while (end - first < 2 * FEWEST && isTag(text.codePointAt(end) ?? 0)) end += 2;
  return end - first >= 2 * FEWEST ? point - TO_ASCII : 0;
}

function isTag(point: number): boolean {
  return point >= FIRST_TAG && point <= LAST_TAG;
}
