/** Reads the inside of quotes: adjacent words, perhaps with wildcards. */
import { QueryError } from './query-error.ts';
import {
  type PatternLeaf,
  type QueryNode,
  type SequenceNode,
  type WordsLeaf,
  type WordsMode,
} from './query.ts';
import { hasLetter, isPicture } from './query-signs.ts';

/** Words of a phrase with `~n`; more would be no phrase. */
const MOST_WORDS = 20;
const FARTHEST = 100;

/** @throws QueryError where there is nothing to look for */
export function wordsLeaf(mode: WordsMode, text: string, position: number): WordsLeaf {
  if (!hasLetter(text) && !(mode !== 'exact' && isPicture(text))) {
    const shown = mode === 'exact' ? `{${text}}` : `"${text}"`;
    throw new QueryError(
      position,
      `${shown} holds no letter or digit to look for, and no emoji; a regex finds signs: \`/\\!{3}/\``,
    );
  }
  // Quotes within quotes are punctuation.
  const plain = mode === 'raw' ? text : text.replaceAll('"', ' ').replace(/\s+/gu, ' ').trim();
  return { type: 'words', mode, text: plain, position };
}

/** @throws QueryError */
export function patternLeaf(text: string, position: number): PatternLeaf {
  const first = text.search(/[*?]/);
  if (!hasLetter(text.slice(0, first))) {
    throw new QueryError(
      position,
      `\`${text}\` begins with a wildcard; a word needs a letter before its first \`*\` or \`?\`. A regex may do without: \`/\\w+${text.replace(/[*?]/g, '')}/\``,
    );
  }
  return { type: 'pattern', text, position };
}

/** Ends a clause, over which no name goes on; but the words of a phrase do that was written with it. */
const CLAUSE = /(?<=[,;:!?…。、，！？]["'”’)]*)\s+/u;

/** Words side by side, also over the end of a clause where one was written. */
export function phraseNode(mode: WordsMode, text: string, position: number): WordsLeaf | SequenceNode {
  const clauses = text.split(CLAUSE).filter((clause) => hasLetter(clause));
  if (clauses.length < 2) return wordsLeaf(mode, text, position);
  const parts = clauses.map((clause) => wordsLeaf(mode, clause, position));
  return { type: 'sequence', parts, gaps: parts.slice(1).map(() => 0) };
}

/** The text between two quotes. */
export function quotedNode(text: string, position: number): QueryNode {
  if (!/[*?]/.test(text)) return phraseNode('dressed', text, position);
  const parts: (WordsLeaf | PatternLeaf)[] = [];
  const gaps: number[] = [];
  let plain: string[] = [];
  let gap = 0;
  const add = (part: WordsLeaf | PatternLeaf) => {
    if (parts.length > 0) gaps.push(gap);
    parts.push(part);
    gap = 0;
  };
  const addPlain = () => {
    if (plain.length > 0) add(wordsLeaf('dressed', plain.join(' '), position));
    plain = [];
  };
  for (const word of text.trim().split(/\s+/u)) {
    if (word === '*') {
      addPlain();
      if (parts.length === 0) throw openEnd(text, position);
      gap++;
    } else if (/^[^*?]*[?!.]*\?[?!.]*$/.test(word)) {
      throw new QueryError(
        position,
        `the \`?\` at the end of \`${word}\` may be the sign or any one letter: leave it out, write \`${word.replace(/[?!.]+$/, '')}?\` outside the quotes for the letter, or \`raw:"${text}"\` for the sign`,
      );
    } else if (/[*?]/.test(word)) {
      addPlain();
      add(patternLeaf(word, position));
    } else {
      plain.push(word);
    }
  }
  addPlain();
  if (gap > 0) throw openEnd(text, position);
  return parts.length === 1 ? parts[0]! : { type: 'sequence', parts, gaps };
}

function openEnd(text: string, position: number): QueryError {
  return new QueryError(
    position,
    `in \`"${text}"\` a \`*\` by itself stands for one word, so it needs words on both sides; leave it out`,
  );
}

/** `"velora mist"~5` */
export function withinNode(node: QueryNode, text: string, slop: string, position: number): QueryNode {
  const words = Number(slop.slice(1));
  if (!/^~\d+$/.test(slop) || words > FARTHEST) {
    throw new QueryError(
      position,
      `\`"${text}"${slop}\` needs a number of words from 0 to ${FARTHEST} after \`~\`, like \`"${text}"~5\``,
    );
  }
  if (/[*?]/.test(text)) {
    throw new QueryError(
      position,
      `\`"${text}"~${words}\` takes no wildcards; write it with NEAR: \`velo* NEAR/${words} mis?\``,
    );
  }
  const phrase = wordsLeaf('dressed', text, position);
  const parts = phrase.text
    .split(' ')
    .filter((word) => hasLetter(word) || isPicture(word))
    .map((word) => wordsLeaf('dressed', word, position));
  if (parts.length > MOST_WORDS) {
    throw new QueryError(position, `a phrase with \`~\` has at most ${MOST_WORDS} words`);
  }
  return parts.length < 2 ? node : { type: 'within', words, phrase, parts };
}
