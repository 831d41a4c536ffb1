import { type Name } from '../names/name.ts';
import { type TermWarning } from '../term-error.ts';
import { type TextItem } from '../text-match.ts';

/** Words of an ordinary post. */
const WORDS_OF_A_POST = 12;
const SHORT_LENGTH = 3;

/** What the owner of a name should know about it. */
export function warningsOf(item: TextItem, name: Name): TermWarning[] {
  const place = { campaignId: item.campaignId, itemId: item.term.id };
  const { text } = name;
  const only = name.phrase.words[0];
  if (name.isOrdinary && only !== undefined) {
    return [
      {
        ...place,
        message: `\`${text}\` is an ordinary word, in about one of ${postsPerUse(only.zipf)} posts; it is matched more strictly (no plural in lower case, not split or inside other words). Consider a policy with \`caseSensitive\` or \`require\``,
      },
    ];
  }
  if (name.phrase.joined.length <= SHORT_LENGTH) {
    return [{ ...place, message: `\`${text}\` is so short that it is found only as it is written` }];
  }
  return [];
}

/** In how many posts a word is expected once, rounded to one figure. */
function postsPerUse(zipf: number): string {
  const posts = 10 ** (9 - zipf) / WORDS_OF_A_POST;
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, posts)));
  return (Math.max(1, Math.round(posts / unit)) * unit).toLocaleString('en');
}
