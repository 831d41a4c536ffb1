import { nameForm, type NameForm } from './names/name-form.ts';
import { phraseOf } from './names/phrase.ts';
import { buildNameTrie } from './scan/name-trie.ts';
import { NameMatcher } from './name-matcher.ts';
import { TermError, type TermWarning } from './term-error.ts';
import { loadKnownWords } from './words/known-words.ts';
import { buildWordIndex } from './words/word-index.ts';
import { type TextItem, type TextMatcher } from './text-match.ts';

/** Name and version of the engine, for the detections that it makes. */
export const TEXT_ENGINE = 'text/1';

const LONGEST_TERM = 500;

/**
 * Compiles terms into one immutable matcher. The order of the terms makes no difference.
 *
 * @throws TermError naming campaign and term where a term can't be watched
 */
export function compileTextMatcher(items: readonly TextItem[]): {
  matcher: TextMatcher;
  warnings: TermWarning[];
} {
  const forms = items.map(({ campaignId, term }, index): NameForm => {
    if (term.text.length > LONGEST_TERM) {
      throw new TermError(campaignId, term.id, `is longer than ${LONGEST_TERM} UTF-16 units`);
    }
    const form = nameForm(index, term.text);
    if (form === undefined) {
      throw new TermError(campaignId, term.id, `\`${term.text}\` holds no letter or digit to look for`);
    }
    return form;
  });
  const trie = buildNameTrie(forms.map((form) => form.key));
  const known = loadKnownWords();
  const phrases = items.map(({ term }, index) => phraseOf(index, term.text, term.lang ?? '', known));
  return {
    matcher: new NameMatcher(items, forms, trie, buildWordIndex(phrases), known),
    warnings: [],
  };
}
