/** Ways to write one word so that a person still reads it. Each answers null for a word it can't disguise. */
export type Pick = <T>(choices: readonly T[]) => T;
export type WordDisguise = (word: string, pick: Pick) => string | null;

const VOWELS = /[aeiou]/giu;
const latin = (word: string) => /^[A-Za-z]{4,}$/u.test(word);

/** A disguise for Latin words of four letters and more. */
const forLatin =
  (disguise: WordDisguise): WordDisguise =>
  (word, pick) =>
    latin(word) ? disguise(word, pick) : null;

const between = (sign: string) => forLatin((word) => Array.from(word).join(sign));
const vowelsAs = (sign: string) =>
  forLatin((word) => {
    const masked = word.replace(VOWELS, (vowel, at: number) => (at === 0 ? vowel : sign));
    return masked === word ? null : masked;
  });
const inserted = (piece: string) =>
  forLatin((word, pick) => {
    const at = pick(
      Array.from(word)
        .map((_, n) => n)
        .slice(2, -1),
    );
    return word.slice(0, at) + piece + word.slice(at);
  });
const letterwise = (table: Readonly<Record<string, string>>) =>
  forLatin((word) => {
    const changed = Array.from(word)
      .map((letter) => table[letter] ?? table[letter.toLowerCase()] ?? letter)
      .join('');
    return changed === word ? null : changed;
  });
const alphabet = (upper: number, lower: number): WordDisguise =>
  forLatin((word) =>
    Array.from(word)
      .map((letter) => {
        const code = letter.codePointAt(0) ?? 0;
        return String.fromCodePoint(code < 97 ? upper + code - 65 : lower + code - 97);
      })
      .join(''),
  );

const CYRILLIC = { a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у', i: 'і', s: 'ѕ', j: 'ј', h: 'һ' };
const LEET = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };
const LEET_SIGNS = { a: '@', e: '3', i: '!', s: '$', t: '+', l: '|' };
const LEET_HEAVY = { a: '4', e: '3', g: '9', i: '1', l: '1', o: '0', s: '5', t: '7' };
const DRAWN = {
  ...{ d: '|)', h: '|-|', k: '|<', m: '|\\/|', n: '|\\|', o: '()', v: '\\/', w: '\\/\\/' },
};
const FULLY_CYRILLIC = {
  ...{
    a: 'а',
    b: 'ь',
    c: 'с',
    d: 'ԁ',
    e: 'е',
    g: 'ԍ',
    h: 'һ',
    i: 'і',
    j: 'ј',
    k: 'к',
    l: 'ӏ',
    m: 'м',
    n: 'п',
  },
  ...{ o: 'о', p: 'р', q: 'ԛ', r: 'г', s: 'ѕ', t: 'т', u: 'ц', v: 'ѵ', w: 'ш', x: 'х', y: 'у' },
};
const ACCENTS = { a: 'à', e: 'ê', i: 'ï', o: 'õ', u: 'ü', n: 'ñ', c: 'ç' };

/** A disguise a family, by its name. */
export const WORD_DISGUISES: Readonly<Record<string, WordDisguise>> = {
  plain: (word) => word,
  spaced: between(' '),
  dotted: between('.'),
  starred: between('*'),
  hyphens: between('-'),
  zero_width: between('\u200b'),
  fullwidth: alphabet(0xff21, 0xff41),
  math_bold: alphabet(0x1d400, 0x1d41a),
  script: alphabet(0x1d4d0, 0x1d4ea),
  circled: alphabet(0x24b6, 0x24d0),
  cyrillic: letterwise(CYRILLIC),
  cyrillic_full: letterwise(FULLY_CYRILLIC),
  leet: letterwise(LEET),
  leet_heavy: letterwise(LEET_HEAVY),
  drawn_signs: letterwise(DRAWN),
  leet_signs: letterwise(LEET_SIGNS),
  accents: letterwise(ACCENTS),
  star_vowels: vowelsAs('*'),
  underscore_vowels: vowelsAs('_'),
  emoji_vowels: vowelsAs('🌸'),
  stretched: forLatin((word, pick) => {
    const at = pick(
      Array.from(word)
        .map((_, n) => n)
        .slice(1),
    );
    return word.slice(0, at) + (word[at] ?? '').repeat(4) + word.slice(at + 1);
  }),
  slash_inside: inserted('/'),
  star_inside: inserted('*'),
  soft_hyphen: inserted('\u00ad'),
  html_inside: inserted('<b></b>'),
  wbr_inside: inserted('<wbr>'),
  comment_inside: inserted('<!-- x -->'),
  look_alike_pair: forLatin((word) => {
    const changed = word
      .replace('m', 'rn')
      .replace('w', 'vv')
      .replace(/d(?=.)/u, 'cl');
    return changed === word ? null : changed;
  }),
  typo1: forLatin((word, pick) => (word.length < 6 ? null : typo(word, pick))),
  typo2: forLatin((word, pick) => (word.length < 8 ? null : typo(typo(word, pick), pick))),
};

/** One letter swapped, lost, doubled or changed, never the first. */
function typo(word: string, pick: Pick): string {
  const at = pick(
    Array.from(word)
      .map((_, n) => n)
      .slice(1, -1),
  );
  const [before, letter = '', next = '', after] = [
    word.slice(0, at),
    word[at],
    word[at + 1],
    word.slice(at + 2),
  ];
  const other = pick(Array.from('aeionrstl').filter((one) => one !== letter.toLowerCase()));
  return pick([
    () => (letter === next ? before + next + after : before + next + letter + after),
    () => before + next + after,
    () => before + other + next + after,
    () => before + letter + other + next + after,
  ])();
}
