import { nameForm, type NameForm } from './names/name-form.ts';
import { UnusableTermError, nameOf, type Name } from './names/name.ts';
import { spellingVariants } from './names/spelling-variants.ts';
import { NameMatcher } from './name-matcher.ts';
import { PolicyError } from './policy/term-policy.ts';
import { warningsOf } from './policy/warnings.ts';
import { buildNameTrie } from './scan/name-trie.ts';
import { TermError, type TermWarning } from './term-error.ts';
import { type TextItem, type TextMatcher } from './text-match.ts';
import { NUMBER } from './verify/evidence.ts';
import { loadKnownWords } from './words/known-words.ts';
import { buildWordIndex } from './words/word-index.ts';

/** Name and version of the engine, for the detections that it makes. */
export const TEXT_ENGINE = 'text/1';

/**
 * Compiles terms into one immutable matcher. The order of the terms makes no difference.
 *
 * @throws TermError naming campaign and term where a term can't be watched
 */
export function compileTextMatcher(items: readonly TextItem[]): {
  matcher: TextMatcher;
  warnings: TermWarning[];
} {
  const known = loadKnownWords();
  const names = items.map(({ campaignId, term }, index): Name => {
    try {
      return nameOf(index, campaignId, term, known);
    } catch (error) {
      if (!(error instanceof UnusableTermError || error instanceof PolicyError)) throw error;
      throw new TermError(campaignId, term.id, error.message);
    }
  });
  const forms = names.flatMap(formsOf);
  const trie = buildNameTrie(forms.map((form) => form.key));
  return {
    matcher: new NameMatcher(names, forms, trie, buildWordIndex(names), known),
    warnings: names.flatMap(warningsOf),
  };
}

/** All spellings of a name that the scan looks for. */
function formsOf(name: Name): NameForm[] {
  const own = nameForm(name.index, name.term.text);
  const others = spellingVariants(name.term.text, name.language).map(({ text, isNumber }) =>
    nameForm(name.index, text, isNumber ? NUMBER : 0),
  );
  return [own, ...others].filter((form) => form !== undefined);
}
