/**
 * An Arabic word in Latin letters. Short vowels are not written in Arabic, so each place for one has the vowels that people write there:
 * القمر is `el qamar` or `al kamar`.
 */
import { schemeOf, type Piece } from './written-piece.ts';

const CONSONANTS = schemeOf(
  'ب=b ت=t ث=th ج=j,g ح=h خ=kh د=d ذ=dh,z ر=r ز=z س=s ش=sh,ch ص=s ض=d ط=t ظ=z غ=gh ف=f ق=q,k ك=k ل=l م=m ن=n ه=h و=w ي=y ع=- ء=-',
);
const LONG_VOWELS = schemeOf('ا=a و=ou,u,o,aw ي=i,ee,ei,ay ى=a ة=a,ah,at,et');
const FINAL_YA = ['i', 'y'];
const ARTICLE = 'ال';
/** The article takes the sound of these letters: الشمس is `ash shams`. */
const SUN_LETTERS = 'تثدذرزسشصضطظلن';
const WITHOUT_VOWEL = '';
/** The vowel between two consonants, before or after a long vowel, and in a word of three consonants. */
const BEFORE_LONG = ['a', 'i', 'u', 'e', WITHOUT_VOWEL];
const AT_END = ['i', 'e', 'a', WITHOUT_VOWEL];
const IN_TWO = ['a', 'i', 'o', 'u', 'e'];
const OF_THREE = ['a-a', 'a-', 'i-', 'u-', 'o-', 'a-e', 'a-i', 'e-'];
const OF_FOUR = ['a--a', 'a--i', 'o--a', 'i--a', 'e--a'];

/** The pieces of a word; undefined for a letter that has no spelling. */
export function arabicChoices(word: string): (Piece | undefined)[] {
  const bare = word
    .normalize('NFKC')
    .replace(/[\p{Mn}ـ]/gu, '')
    .replace(/[أإآٱ]/gu, 'ا')
    .replace(/[ؤ]/gu, 'و')
    .replace(/[ئ]/gu, 'ي');
  const hasArticle = bare.startsWith(ARTICLE) && bare.length > ARTICLE.length + 1;
  const letters = Array.from(hasArticle ? bare.slice(ARTICLE.length) : bare);
  const article = hasArticle ? [articlePiece(letters[0] ?? '')] : [];
  return [...article, ...rootPieces(letters)];
}

function articlePiece(first: string): Piece {
  const sound = SUN_LETTERS.includes(first) ? CONSONANTS.get(first)?.[0] : undefined;
  return {
    group: 'article',
    ways: ['el ', 'al ', ...(sound === undefined ? [] : [`a${sound} `])],
  };
}

function rootPieces(letters: readonly string[]): (Piece | undefined)[] {
  const isVowel = letters.map((_, at) => isLongVowel(letters, at));
  const pieces: (Piece | undefined)[] = [];
  for (let at = 0; at < letters.length;) {
    if (isVowel[at] === true) {
      pieces.push(vowelPiece(letters, at));
      at++;
      continue;
    }
    let end = at;
    while (end < letters.length && isVowel[end] !== true) end++;
    pieces.push(...runPieces(letters.slice(at, end), at > 0, end < letters.length));
    at = end;
  }
  return pieces;
}

/** True for a letter that is read as a vowel: an alif, or a waw or ya with no other vowel beside it. */
function isLongVowel(letters: readonly string[], at: number): boolean {
  const letter = letters[at] ?? '';
  if (!LONG_VOWELS.has(letter)) return false;
  if (letter !== 'و' && letter !== 'ي') return true;
  return at > 0 && letters[at - 1] !== 'ا' && letters[at + 1] !== 'ا' && letters[at + 1] !== 'ة';
}

function vowelPiece(letters: readonly string[], at: number): Piece {
  const letter = letters[at] ?? '';
  const isEnd = at + 1 === letters.length;
  return {
    group: letter + (isEnd ? ' end' : ''),
    ways: letter === 'ي' && isEnd ? FINAL_YA : (LONG_VOWELS.get(letter) ?? []),
  };
}

/** Consonants in a row, with the short vowels between them. */
function runPieces(
  run: readonly string[],
  isAfterVowel: boolean,
  isBeforeVowel: boolean,
): (Piece | undefined)[] {
  const consonants = run.map((letter) => {
    const ways = CONSONANTS.get(letter);
    return ways === undefined ? undefined : { group: letter, ways };
  });
  const [first, ...rest] = consonants;
  const group = `vowels of ${run.join('')}`;
  if (run.length < 2) return consonants;
  if (!isAfterVowel && !isBeforeVowel && (run.length === 3 || run.length === 4)) {
    return patternPieces(consonants, group, run.length === 3 ? OF_THREE : OF_FOUR);
  }
  const ways = isAfterVowel ? AT_END : isBeforeVowel ? BEFORE_LONG : IN_TWO;
  if (isAfterVowel) return [...consonants.slice(0, -1), { group, ways }, ...consonants.slice(-1)];
  return [first, { group, ways }, ...rest];
}

/** Puts the whole run in one piece, since its vowels depend on each other. */
function patternPieces(
  consonants: readonly (Piece | undefined)[],
  group: string,
  patterns: readonly string[],
): (Piece | undefined)[] {
  const plain = consonants.map((piece) => piece?.ways[0]);
  if (plain.includes(undefined)) return [undefined];
  const other = consonants.map((piece) => piece?.ways[1] ?? piece?.ways[0] ?? '');
  const written = (letters: readonly (string | undefined)[]) =>
    patterns.map((pattern) => {
      const vowels = pattern.split('-');
      return letters.map((letter, at) => `${letter ?? ''}${vowels[at] ?? ''}`).join('');
    });
  return [{ group, ways: [...new Set([...written(plain), ...written(other)])] }];
}
