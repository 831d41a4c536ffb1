import { type Name } from '../names/name.ts';
import { type TermWarning } from './term-error.ts';
import { type TextItem } from './text-item.ts';
import { loadKnownWords, slotOf, zipfAt } from '../words/known-words.ts';
import { hashWord } from '../hashing/word-hash.ts';
import { KINDS } from '../policy/term-policy.ts';

/** The number of words in an ordinary post. */
const WORDS_OF_A_POST = 12;
const SHORT_LENGTH = 3;
/** The highest frequency (Zipf) of a word that is in no list. */
const RAREST = 1.5;
/** The least length (repeats collapsed) and frequency (Zipf) of each part of a compound that people may know. One part is longer. */
const SHORTEST_PART = 3;
const FREQUENT_PART = 3.5;
/** The owner is warned of a phrase that is at least this frequent (Zipf) by chance alone. */
const OFTEN_BY_CHANCE = 1;
/** Zipf frequencies count uses in 10^9 words. */
const WORDS_OF_ZIPF = 9;

/** Warns the owner of a name that may be found too often or too rarely. */
export function warningsOf(item: TextItem, name: Name): TermWarning[] {
  const { kind = 'product', text } = item.term;
  const messages = [];
  if (!KINDS.includes(kind)) {
    messages.push(`its kind \`${kind}\` is none of ${KINDS.join(', ')}; it is matched as a product`);
  }
  if (kind === 'price') {
    if (name.policy.price === undefined)
      messages.push(
        `\`${text}\` names no currency, so it is found as a bare number; write it as \`$49\` or \`49 EUR\``,
      );
  } else if (kind === 'date') {
    if (name.policy.date === undefined)
      messages.push(
        `\`${text}\` names no single day, so it is found only as it is written; write the day as \`2027-03-12\``,
      );
  } else {
    const frequency = frequencyWarning(name);
    if (frequency !== undefined) messages.push(frequency);
    else if (name.phrase.joined.length <= SHORT_LENGTH)
      messages.push(`\`${text}\` is so short that it is found only as it is written`);
  }
  return messages.map((message) => ({ campaignId: item.campaignId, itemId: item.term.id, message }));
}

/** Warns of the words of a query of which a post must hold one, if together they are in many posts. */
export function ordinaryLeaves(names: readonly Name[]): string[] {
  const frequent = names
    .map(({ text, phrase }) => ({
      text,
      zipf: phrase.words.reduce((sum, word) => sum + word.zipf - WORDS_OF_ZIPF, WORDS_OF_ZIPF),
    }))
    .filter(({ zipf }) => zipf >= FREQUENT_PART)
    .sort((a, b) => b.zipf - a.zipf);
  if (frequent.length === 0) return [];
  const together = Math.log10(frequent.reduce((sum, { zipf }) => sum + 10 ** zipf, 0));
  const shown = frequent.slice(0, 3).map(({ text }) => `\`${text}\``);
  return [
    `it looks at every post with ${shown.join(', ')}${frequent.length > shown.length ? ' or others' : ''}, about one of ${postsPerUse(together)}; if it takes too many, join them with a rarer word by AND`,
  ];
}

/** Warns of a name that ordinary talk uses, with an estimate of how often. */
function frequencyWarning({ text, isOrdinary, isCompound, phrase }: Name): string | undefined {
  const { words } = phrase;
  if (isOrdinary) {
    return `\`${text}\` is an ordinary word, in about one of ${postsPerUse(words[0]!.zipf)} posts; it is matched more strictly (no plural in lower case, not split or inside other words). Consider a policy with \`caseSensitive\` or \`require\``;
  }
  if (isCompound && looksOrdinary(text, words[0]!.symbols)) {
    return `\`${text}\` is two ordinary words written as one, which may be met in up to one of ${postsPerUse(RAREST)} posts; it is matched more strictly (not where they are written apart, no plural in lower case). Consider a policy with \`caseSensitive\` or \`require\``;
  }
  const together = words.reduce((sum, word) => sum + word.zipf - WORDS_OF_ZIPF, WORDS_OF_ZIPF);
  if (words.length > 1 && together >= OFTEN_BY_CHANCE) {
    return `\`${text}\` is made of very common words: by chance alone it stands in about one of ${postsPerUse(together)} posts, and more often if people use it as a phrase. Consider a policy with \`caseSensitive\` or \`require\``;
  }
  return undefined;
}

/** True for a compound of well-known words written as one word: `Tidepool`, but not `Velora` (`ora`) or `#TidePool`. */
function looksOrdinary(text: string, symbols: Int32Array): boolean {
  if (/^[#＃]|\p{Ll}\p{Lu}/u.test(text)) return false;
  const known = loadKnownWords();
  const isKnown = (from: number, to: number) => {
    const slot = slotOf(known, hashWord(symbols, from, to));
    return slot >= 0 && zipfAt(known, slot) >= FREQUENT_PART;
  };
  for (let at = SHORTEST_PART; at <= symbols.length - SHORTEST_PART; at++) {
    const longer = Math.max(at, symbols.length - at);
    if (longer > SHORTEST_PART && isKnown(0, at) && isKnown(at, symbols.length)) return true;
  }
  return false;
}

/** The number of posts with one expected use at this frequency (Zipf), rounded to one figure. */
function postsPerUse(zipf: number): string {
  const posts = 10 ** (9 - zipf) / WORDS_OF_A_POST;
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, posts)));
  return (Math.max(1, Math.round(posts / unit)) * unit).toLocaleString('en');
}
