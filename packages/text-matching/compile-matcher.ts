import { dateForms } from './dates/date-forms.ts';
import { DateIndex, type DateTerm } from './dates/date-index.ts';
import { languageOf } from './languages/language-of.ts';
import { type PostText } from './fields/post-text.ts';
import { nameForm, type NameForm } from './names/name-form.ts';
import { encodedSpellings } from './names/encoded-spellings.ts';
import { otherLanguageForms } from './names/other-language-forms.ts';
import { longestNumber } from './names/longest-number.ts';
import { drawnKana } from './names/drawn-kana.ts';
import { UnusableNameError, nameOf, type Name } from './names/name.ts';
import { siblingSteps } from './names/siblings.ts';
import { spellingVariants } from './names/spelling-variants.ts';
import { FormStoreBuilder } from './names/form-store.ts';
import { NameStoreBuilder } from './names/name-store.ts';
import { NameMatcher, reportedTerms, type MatcherParts } from './name-matcher.ts';
import { PriceIndex, type PriceTerm } from './prices/price-index.ts';
import { spelledDigits } from './skus/spelled-digits.ts';
import { SkuIndex, type SkuTerm } from './skus/sku-index.ts';
import { PolicyError, policyOf } from './policy/term-policy.ts';
import { warningsOf } from './terms/warnings.ts';
import { compileQueries, isQuery } from './boolean-queries/compile-queries.ts';
import { QueryError } from './boolean-queries/query-error.ts';
import { refuseDeadParts } from './boolean-queries/refuse-dead-parts.ts';
import { QueryIndex } from './boolean-queries/query-index.ts';
import { nameTrieSteps } from './scan/name-trie.ts';
import { SplitIndexBuilder } from './split/split-index.ts';
import { TermError, type TermWarning } from './terms/term-error.ts';
import { type TextItem } from './terms/text-item.ts';
import { atOnce, endsStep, type Steps } from './steps.ts';
import { type TermsPart, type TextMatcher } from './text-match.ts';
import { CONFUSABLE, ENCODED, NUMBER } from './evidence/evidence.ts';
import { loadKnownWords, type WordTable } from './words/known-words.ts';
import { withOrdinaryWords } from './vocabulary/ordinary-words.ts';
import { DrawnWordsBuilder } from './search/drawn-words.ts';
import { WordIndexBuilder } from './search/word-index.ts';

/** Name and version of the engine, recorded in its detections. */
export const TEXT_ENGINE = 'text/1';

export interface TextOptions {
  /** More ordinary words, which are not typos of a name. They do not change how names are judged. */
  readonly ordinaryWords?: readonly string[] | undefined;
  /**
   * The terms were registered before, perhaps by another version. A query that this version refuses is left out and listed as refused,
   * so that the rest of the watch list stays watched.
   */
  readonly isStored?: boolean;
}

export interface CompiledTerms {
  readonly matcher: TextMatcher;
  /**
   * The terms in parts, without the queries, so that each can be tried at little cost; none of stored terms, which were tried. Terms of
   * one family stay together.
   */
  readonly parts: Iterable<TermsPart>;
  readonly warnings: readonly TermWarning[];
  /** Queries that are left out; only of stored terms. */
  readonly refused: readonly TermWarning[];
}

/** The same, with the matcher's inner ways. */
interface CompiledNames extends CompiledTerms {
  readonly matcher: NameMatcher;
}

/**
 * Compiles terms into one immutable matcher. The order of the terms does not matter. A term of the kind `query` is a boolean query.
 *
 * @throws TermError, which names the campaign and the term, if a term cannot be watched
 */
export function compileTextMatcher(items: readonly TextItem[], options: TextOptions = {}): CompiledTerms {
  return compileNames(items, options);
}

/** The same in steps, for a process that must answer meanwhile. */
export function textMatcherSteps(
  items: readonly TextItem[],
  options: TextOptions = {},
): Steps<CompiledTerms> {
  return compileSteps(items, options);
}

/** Does the same for those within this package. */
export function compileNames(items: readonly TextItem[], options: TextOptions = {}): CompiledNames {
  return atOnce(compileSteps(items, options));
}

function* compileSteps(
  items: readonly TextItem[],
  { ordinaryWords = [], isStored = false }: TextOptions,
): Steps<CompiledNames> {
  const known = loadKnownWords();
  // The name of a term has the term's index. Names of query leaves follow.
  const names = new NameStoreBuilder();
  const forms = new FormStoreBuilder();
  const words = new WordIndexBuilder();
  const drawn = new DrawnWordsBuilder();
  const splits = new SplitIndexBuilder(known);
  const values = new ValueTerms();
  let longest = 0;
  // A name goes into all that is built, and is dropped then: only what is built stays.
  const add = (name: Name, item: TextItem | undefined) => {
    names.add(name);
    for (const form of formsOf(name, item, known)) {
      forms.add(form);
      longest = Math.max(longest, longestNumber(form));
    }
    drawn.add(name);
    values.add(name);
    if (item === undefined) return;
    // A leaf of a query means what it says.
    words.add(name);
    splits.add(name);
  };
  const warnings: TermWarning[] = [];
  const queries = items.flatMap((item, index) => (isQuery(item.term) ? [{ item, index }] : []));
  for (const [index, item] of items.entries()) {
    if (isQuery(item.term)) continue;
    const name = inTerm(item, () => termName(item, index, known));
    add(name, item);
    warnings.push(...warningsOf(item, name));
    if (endsStep(index)) yield;
  }
  const refused: TermWarning[] = [];
  const inQuery = <T>(item: TextItem, compile: () => T): T | undefined => {
    try {
      return inTerm(item, compile);
    } catch (error) {
      if (!isStored || !(error instanceof TermError)) throw error;
      refused.push({ campaignId: error.campaignId, itemId: error.itemId, message: error.message });
      return undefined;
    }
  };
  const compiled = compileQueries(queries, items.length, known, inQuery);
  warnings.push(...compiled.warnings);
  for (const leaf of compiled.leaves) add(leaf, undefined);
  yield;
  const store = names.build(items.length + compiled.leaves.length);
  const wordIndex = yield* words.buildSteps(store);
  yield;
  const splitIndex = yield* splits.buildSteps(store);
  yield;
  const drawnWords = drawn.build();
  yield;
  const spellings = forms.build();
  const keys = spellings.keys();
  yield;
  const trie = yield* nameTrieSteps(keys);
  yield;
  const siblings = yield* siblingSteps(store.texts.slice(0, items.length));
  const matcher = new NameMatcher({
    terms: reportedTerms(items),
    names: store,
    forms: spellings,
    trie,
    words: wordIndex,
    drawn: drawnWords,
    ...values.build(),
    queries: new QueryIndex(compiled.queries, compiled.checks),
    splits: splitIndex,
    siblings,
    known: withOrdinaryWords(known, ordinaryWords, store.texts),
    longestNumber: longest,
  });
  const parts = { [Symbol.iterator]: () => matcher.inParts(items) };
  if (!isStored) {
    for (const query of compiled.queries) {
      const { campaignId, term } = items[query.item]!;
      const accepts = (post: PostText) =>
        matcher.matchPost(post).some((match) => match.itemId === term.id && match.campaignId === campaignId);
      inTerm(items[query.item]!, () => refuseDeadParts(query.node, accepts));
    }
  }
  return { matcher, parts: isStored ? [] : parts, warnings, refused };
}

function termName({ term }: TextItem, index: number, known: WordTable): Name {
  const language = term.lang ?? languageOf(term.text);
  return nameOf(
    index,
    term.text,
    language,
    (length, isOrdinary) => policyOf(term, length, isOrdinary),
    known,
  );
}

/** Runs a step that may reject a term, and names the term in the error. */
function inTerm<T>({ campaignId, term }: TextItem, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    const isRefusal =
      error instanceof UnusableNameError || error instanceof PolicyError || error instanceof QueryError;
    if (!isRefusal) throw error;
    throw new TermError(campaignId, term.id, error.message, error);
  }
}

/** The names that are compared by their value. */
class ValueTerms {
  readonly #prices: PriceTerm[] = [];
  readonly #dates: DateTerm[] = [];
  readonly #skus: SkuTerm[] = [];

  add({ index, text, language, policy: { price, date, code } }: Name): void {
    if (price !== undefined) this.#prices.push({ item: index, text, price });
    if (date !== undefined) this.#dates.push({ item: index, language, date });
    if (code !== undefined) this.#skus.push({ item: index, text, code });
  }

  build(): Pick<MatcherParts, 'prices' | 'dates' | 'skus'> {
    return {
      prices: new PriceIndex(this.#prices),
      dates: new DateIndex(this.#dates),
      skus: new SkuIndex(this.#skus),
    };
  }
}

/** The spellings of a name that the scan looks for. */
function formsOf(name: Name, item: TextItem | undefined, known: WordTable): NameForm[] {
  const kind = item?.term.kind;
  // The currency of a price may stand on either side, so only the figures are spelled.
  if (name.policy.price !== undefined) {
    const form = nameForm(name.index, name.text.replace(/^[^\p{Nd}]+|[^\p{Nd}]+$/gu, ''));
    return form === undefined ? [] : [form];
  }
  const own = nameForm(name.index, name.text);
  if (kind === 'sku') {
    const spelled = spelledDigits(name.text);
    const other = spelled === undefined ? undefined : nameForm(name.index, spelled, NUMBER);
    return [own, other].filter((form) => form !== undefined);
  }
  const variants = spellingVariants(name.text, name.language).map(({ text, isNumber }) =>
    nameForm(name.index, text, isNumber ? NUMBER : 0),
  );
  const { date } = name.policy;
  const days =
    date === undefined
      ? []
      : dateForms(name.text, date, name.language).map((day) => nameForm(name.index, day, NUMBER));
  const drawn = drawnKana(name.text).map((text) => nameForm(name.index, text, CONFUSABLE));
  const isEncoded = (name.policy.accepted & ENCODED) !== 0;
  const encoded = (isEncoded ? encodedSpellings(name.text) : []).map((text) =>
    nameForm(name.index, text, ENCODED),
  );
  // A leaf of a query means what it says, and a phrase or a date has ordinary words.
  const isName = item !== undefined && date === undefined && kind !== 'phrase';
  const others = isName ? otherLanguageForms(name, known) : [];
  return [own, ...variants, ...drawn, ...encoded, ...days, ...others].filter((form) => form !== undefined);
}
