import { type Name } from '../names/name.ts';
import { type TermWarning } from './term-error.ts';
import { type TextItem } from './text-item.ts';
import { loadKnownWords, slotOf, zipfAt } from '../words/known-words.ts';
import { hashWord } from '../hashing/word-hash.ts';
import { KINDS } from '../policy/term-policy.ts';

/** Words of an ordinary post. */
const WORDS_OF_A_POST = 12;
const SHORT_LENGTH = 3;
/** A word that is in no list is rarer than the rarest in it (Zipf). */
const RAREST = 1.5;
/** Both parts of a compound that people may know are at least so long (repeats collapsed), one of them longer, and so frequent (Zipf). */
const SHORTEST_PART = 3;
const FREQUENT_PART = 3.5;
/** Words that make a phrase as frequent as this (Zipf) by chance alone are worth a word. */
const OFTEN_BY_CHANCE = 1;
/** Zipf counts occurrences in so many words (as a power of ten). */
const WORDS_OF_ZIPF = 9;

/** What the owner of a name should know about it. */
export function warningsOf(item: TextItem, name: Name): TermWarning[] {
  const { kind = 'product', text } = item.term;
  const messages = [];
  if (!KINDS.includes(kind)) {
    messages.push(`its kind \`${kind}\` is none of ${KINDS.join(', ')}; it is matched as a product`);
  }
  if (kind === 'price') {
    if (name.policy.currency === undefined)
      messages.push(
        `\`${text}\` names no currency, so it is found as a bare number; write it as \`$49\` or \`49 EUR\``,
      );
  } else {
    const frequency = frequencyWarning(name);
    if (frequency !== undefined) messages.push(frequency);
    else if (name.phrase.joined.length <= SHORT_LENGTH)
      messages.push(`\`${text}\` is so short that it is found only as it is written`);
  }
  return messages.map((message) => ({ campaignId: item.campaignId, itemId: item.term.id, message }));
}

/** How often a name is met in ordinary talk, where that is known to happen. */
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

/** Whether a compound is written as a word and made of words that people know: `Tidepool`, but not `Velora` (`ora`) or `#TidePool`. */
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

/** In how many posts something of this frequency (Zipf) is expected once, rounded to one figure. */
function postsPerUse(zipf: number): string {
  const posts = 10 ** (9 - zipf) / WORDS_OF_A_POST;
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, posts)));
  return (Math.max(1, Math.round(posts / unit)) * unit).toLocaleString('en');
}
