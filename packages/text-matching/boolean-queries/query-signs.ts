/** Signs that a query means when it writes them, and those that are mere punctuation. */

const LETTER = /[\p{L}\p{N}]/u;
const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Sc}]/u;
/** Not looked at when pictures are compared: how they are drawn, and the colour of a skin. */
const DRAWING = /\uFE0E|\uFE0F|\p{Emoji_Modifier}/gu;
/** Money, tags, `C++`, `100%`, emoji: all that isn't a comma, a quote, a bracket, a dash or a stop. */
const MEANT = /(?![©®])[\p{Sc}\p{Extended_Pictographic}\p{Regional_Indicator}\u20E3#@+%*°§^=<>|~\\]/u;
const STOPS = /[.,:/]/;
/** `U.S` without its last stop: without all of them it would be `us`. Longer ones make no ordinary word. */
const INITIALS = /^\p{L}(?:\.\p{L}){1,2}$/u;
/** Every sign in a handle counts: `@a_b` is another account than `@ab`. */
const IN_HANDLE = /[._-]/;

export function hasLetter(text: string): boolean {
  return LETTER.test(text);
}

/** True for a figure or a sign drawn as a key: `1️⃣`. */
export function isKeycap(text: string): boolean {
  return /^[\d#]\uFE0F?\u20E3$/u.test(text);
}

/** True for an emoji, a flag or a currency sign: these can be searched for without letters. */
export function isPicture(text: string): boolean {
  return PICTURE.test(text);
}

/** The signs of a text that it is looked for with. */
export interface Signs {
  /** Before its first letter, from left to right. */
  readonly before: string;
  /** Behind its last one. */
  readonly behind: string;
  /** Something else stands between these signs and the letters (`🔥 velora`): so it may in a text. */
  readonly isLooseBefore: boolean;
  readonly isLooseBehind: boolean;
  /** Between the letters, in this order. */
  readonly inner: readonly string[];
}

/** Compatible forms (`＃`) are the plain ones, and an emoji is itself however it is drawn. */
export function plainSigns(text: string): string {
  return text.normalize('NFKC').replace(DRAWING, '');
}

/** The signs of a text that are more than punctuation. */
export function meantSigns(text: string): string {
  return Array.from(text)
    .filter((point) => MEANT.test(point))
    .join('');
}

/** Undefined for a text that is looked for by its letters alone. */
export function signsOf(text: string): Signs | undefined {
  const points = Array.from(plainSigns(text));
  const first = points.findIndex(hasLetter);
  const last = points.findLastIndex(hasLetter);
  const ahead = points.slice(0, first).join('');
  const after = points.slice(last + 1).join('');
  // `.com`: a stop that a word begins with ends no sentence.
  const dot = ahead.endsWith('.') ? '.' : '';
  const isHandle = ahead.endsWith('@');
  const before = meantSigns(ahead) + dot;
  const behind = meantSigns(after);
  const inner = points
    .slice(first, last + 1)
    .filter((point, at, all) => (isHandle && IN_HANDLE.test(point)) || isInnerSign(point, at, all));
  if (before + behind === '' && inner.length === 0) return undefined;
  return {
    before,
    behind,
    isLooseBefore: !ahead.endsWith(before),
    isLooseBehind: !after.startsWith(behind),
    inner,
  };
}

/** `AT&T`, `rock & roll`; between figures also `1.5`, `24/7`; in initials `U.S.` */
function isInnerSign(point: string, at: number, all: readonly string[]): boolean {
  if (point === '&' || MEANT.test(point)) return true;
  if (!STOPS.test(point)) return false;
  return (isDigit(all[at - 1]) && isDigit(all[at + 1])) || (point === '.' && INITIALS.test(all.join('')));
}

function isDigit(point: string | undefined): boolean {
  return point !== undefined && /\p{Nd}/u.test(point);
}
