/** Words without quotes: operators, and words to look for. */
import { QueryError } from './query-error.ts';
import { hasLetter, isPicture } from './query-signs.ts';
import { patternLeaf, wordsLeaf } from './quoted-words.ts';
import { type Reader } from './token-reader.ts';
import { type Token } from './token.ts';

const FARTHEST_NEAR = 100;
/** Ends with a space, a bracket, a quote or a comment. */
const RUN = /(?:(?!<<<)[^\s()（）"“”‟„«»‹›「」『』＂{}[\]])+/uy;
/** Other tools' spellings, and the spelling here. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^&&?$/, 'write `AND`'],
  [/^\|\|?$/, 'write `OR`'],
  [
    /^(?:~|(?:w|pre|adj|within)\/|o?near~?)\d+f?$/i,
    'write `a NEAR/5 b`, or `a ONEAR/5 b` for this order only',
  ],
  [
    /^(?:SENTENCE|PARAGRAPH|sentence\/\d+|paragraph\/\d+|(?:SENTENCE|PARAGRAPH)\/\d+)$/,
    'sentences are not told apart; write `a NEAR/10 b`',
  ],
  [/^(?:XOR|NOR|ANDNOT|AND_NOT)$/, 'write it with AND, OR and NOT'],
  [
    /^(?:UND|ODER|NICHT|OHNE|ET|OU|SAUF)$/,
    'operators are English: AND, OR, NOT; put the word itself in quotes',
  ],
  [/^(?:AND|OR|NOT)[-–—.,:]/, 'put a space behind the operator'],
  [/^[*?]$/, 'a word that may be any stands in quotes: `"a * b"`'],
  [/^\p{Sc}$/u, 'write the sign with its figures, like `$49` or `49€`'],
  [
    /^at_?least_?\d*$/i,
    'how many of several words occur, or how often, is not counted; write it with AND and OR: `(a AND b) OR (a AND c)`',
  ],
  [/^not$/i, 'write `NOT` for the operator, `"not"` for the word'],
  [
    /~\d*$/,
    'a query finds words as they are spelled; for misspellings register the word as a term of its own, for words near each other write `"a b"~5`',
  ],
  [/^\+\+?./u, 'all words must occur anyway; for signs and exact case write `raw:word`'],
  [/^!./u, 'write `NOT word` or `-word` to exclude it, `{Word}` for its exact case'],
  [/\^\d*$/, 'no word weighs more than another; leave it out'],
  [/^[–—−－]/, 'write `-` or `NOT` to exclude a word'],
  [/^['‘’`]|['‘`]$/, 'phrases stand in double quotes: `"a b"`'],
  [/[,;:!]$/, 'join words with AND or OR, or put the sign into quotes with the word'],
];
const LETTERS =
  /(?:[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}*?]|\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}]|\u200C|\u200D|\uFE0F|\u20E3)/u;
/** Characters of a word, a tag or a price; other signs need quotes. */
const WORD =
  /^[#＃@＠\p{Sc}.]?(?:LETTER|(?<=LETTER)[-_.'’·・&\p{Sc}](?=LETTER)|(?<=\p{Nd})[,:/](?=\p{Nd}))+[+#%.\p{Sc}]*$/u;
const WHOLE = new RegExp(WORD.source.replaceAll('LETTER', LETTERS.source), 'u');

/** @throws QueryError */
export function readWord(reader: Reader): Token {
  const position = reader.at;
  const word = reader.matches(RUN) ?? '';
  if (word === '') {
    const sign = reader.peek();
    throw new QueryError(position, `\`${sign}\` closes nothing; remove it or put it into quotes with a word`);
  }
  const isCall = /[(（]/.test(reader.peek());
  // Full-width letters are what an East Asian keyboard writes.
  return operatorToken(word.normalize('NFKC'), position) ?? wordToken(word, position, isCall);
}

function operatorToken(word: string, position: number): Token | undefined {
  if (word === 'NOT') return { type: 'not', position, written: word };
  // People forget the capitals far more often than they look for these words by themselves.
  if (/^(?:and|or)$/i.test(word))
    return { type: /^and$/i.test(word) ? 'and' : 'or', position, written: word };
  const near = /^(o?)near\/(.*)$/i.exec(word);
  if (near !== null) return nearToken(word, near[1] !== '', near[2] ?? '', position);
  if (/^o?near$/i.test(word)) {
    throw new QueryError(
      position,
      `\`${word}\` needs a number of words from 0 to ${FARTHEST_NEAR}, like \`${word.toUpperCase()}/5\`; for the word itself write \`"${word}"\``,
    );
  }
  const elsewhere = ELSEWHERE.find(([sign]) => sign.test(word));
  if (elsewhere !== undefined) {
    throw new QueryError(position, `\`${word}\` means nothing here: ${elsewhere[1]}`);
  }
  return undefined;
}

function nearToken(word: string, isOrdered: boolean, distance: string, position: number): Token {
  const number = /^(\d+)(f?)$/i.exec(distance);
  const words = Number(number?.[1]);
  if (number === null || words > FARTHEST_NEAR) {
    throw new QueryError(
      position,
      `\`${word}\` needs a number of words from 0 to ${FARTHEST_NEAR}, like \`NEAR/5\` or, for this order only, \`ONEAR/5\` or \`NEAR/5f\``,
    );
  }
  return { type: 'near', position, written: word, words, ordered: isOrdered || number[2] !== '' };
}

function wordToken(word: string, position: number, isCall: boolean): Token {
  if (isCall) {
    throw new QueryError(
      position,
      `\`${word}(\` is no function that is known here; write words, AND, OR, NOT and NEAR/5, with a space before \`(\``,
    );
  }
  if (!hasLetter(word) && !isPicture(word) && !/[*?]/.test(word)) {
    throw new QueryError(
      position,
      `\`${word}\` holds no letter or digit to look for; put it in quotes with a word`,
    );
  }
  if (!WHOLE.test(word)) {
    throw new QueryError(
      position,
      `\`${word}\` has signs that mean nothing here; to look for it, put it in quotes: \`"${word.replace(/["*?]/g, '')}"\``,
    );
  }
  const node = /[*?]/.test(word) ? patternLeaf(word, position) : wordsLeaf('dressed', word, position);
  return { type: 'node', position, written: word, node };
}
