/** A SKU as a value: its letters and digits. Separators between them carry no meaning, and some letters look like digits. */

export interface Code {
  /** Letters (in capitals) and digits, without separators. */
  readonly symbols: string;
}

/** A place in a text that may spell a code. */
export interface CodePlace {
  readonly from: number;
  readonly to: number;
  /** True if a letter stands for a digit, or a digit for a letter. */
  readonly hasLookAlike: boolean;
}

/** The shortest code that is read by value. A shorter one is found as it is written. */
const SHORTEST = 5;
const LONGEST = 64;
/** The most UTF-16 units between two symbols: ` - `. */
const LONGEST_SEPARATOR = 3;
const SEPARATORS = new Set(Array.from(' -_./‐‑–\u00a0', (sign) => sign.charCodeAt(0)));
/** The digit that a letter looks like anywhere in a code: `O`, `I`, and `l` in lower case only. */
const LOOKS_LIKE: Readonly<Record<string, string>> = { O: '0', o: '0', I: '1', i: '1', l: '1' };
/** The digit that a letter looks like between two digits. Elsewhere `KX-552B` is another product than `KX-5528`. */
const AMONG_DIGITS: Readonly<Record<string, string>> = { Z: '2', S: '5', B: '8' };
/** Each symbol as what it may look like, so that look-alikes have one key. */
const KEYS: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', Z: '2', S: '5', B: '8' };

/** The code that a term names; undefined if it is too short, or lacks a letter or a digit. */
export function codeOf(term: string): Code | undefined {
  const written = term.trim();
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9]|[ \-_./‐‑–](?=[A-Za-z0-9]))*$/u.test(written)) return undefined;
  const symbols = written.replace(/[^A-Za-z0-9]/gu, '').toUpperCase();
  const isCode = /\d/u.test(symbols) && /[A-Z]/u.test(symbols);
  return isCode && symbols.length >= SHORTEST && symbols.length <= LONGEST ? { symbols } : undefined;
}

/** The code with one symbol for all that look alike. Equal codes have equal keys. */
export function keyOf(symbols: string): string {
  return symbols.toUpperCase().replace(/[OILZSB]/gu, (symbol) => KEYS[symbol]!);
}

/** True for a letter or digit of a code. */
export function isSymbol(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
}

/** The next symbol from the unit `at`, past separators; -1 if something else stands there. */
export function nextSymbol(text: string, at: number): number {
  for (let next = at; next <= at + LONGEST_SEPARATOR && next < text.length; next++) {
    const unit = text.charCodeAt(next);
    if (isSymbol(unit)) return next;
    if (!SEPARATORS.has(unit)) return -1;
  }
  return -1;
}

/** Compares the symbols from the unit `from` with a code. Returns undefined if they are another one. */
export function readCode(text: string, from: number, { symbols }: Code): CodePlace | undefined {
  let at = from;
  let hasLookAlike = false;
  let hasLetter = false;
  let hasDigit = false;
  for (let place = 0; place < symbols.length; place++) {
    at = place === 0 ? from : nextSymbol(text, at);
    if (at < 0) return undefined;
    const written = text[at]!;
    const symbol = symbols[place]!;
    if (written.toUpperCase() === symbol) {
      if (isDigit(symbol)) hasDigit = true;
      else hasLetter = true;
    } else if (isLookAlike(text, at, symbols, place) || isSmallL(text, from, at, symbol)) {
      hasLookAlike = true;
    } else {
      return undefined;
    }
    at++;
  }
  return hasLetter && hasDigit ? { from, to: at, hasLookAlike } : undefined;
}

/** True if the unit looks like the symbol of the code. A letter counts only in a part with a digit: `O` in `LX1O`, not `I` in `I 5`. */
function isLookAlike(text: string, at: number, symbols: string, place: number): boolean {
  const written = text[at]!;
  const symbol = symbols[place]!;
  if (isDigit(written)) return LOOKS_LIKE[symbol] === written;
  if (!isDigit(symbol) || !isBesideDigit(text, at)) return false;
  if (LOOKS_LIKE[written] === symbol) return true;
  const isAmongDigits = isDigit(symbols[place - 1] ?? '') && isDigit(symbols[place + 1] ?? '');
  return isAmongDigits && AMONG_DIGITS[written.toUpperCase()] === symbol;
}

/** True for an `l` among capitals that stands for `I`: `MV20-l7`, but not `mv20-l7`. */
function isSmallL(text: string, from: number, at: number, symbol: string): boolean {
  return symbol === 'I' && text[at] === 'l' && /[A-Z]/u.test(text.slice(from, at)) && isBesideDigit(text, at);
}

/** True if the part of a code at the unit `at` holds a digit. */
function isBesideDigit(text: string, at: number): boolean {
  let from = at;
  let to = at;
  while (from > 0 && isSymbol(text.charCodeAt(from - 1))) from--;
  while (to < text.length && isSymbol(text.charCodeAt(to))) to++;
  return /\d/u.test(text.slice(from, to));
}

function isDigit(symbol: string): boolean {
  return symbol >= '0' && symbol <= '9';
}
