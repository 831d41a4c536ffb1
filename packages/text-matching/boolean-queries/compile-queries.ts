import { type Term } from '@leakwatch/contracts';
import { languageOf } from '../languages/language-of.ts';
import { nameOf, type Name } from '../names/name.ts';
import { type TermWarning } from '../terms/term-error.ts';
import { type TextItem } from '../terms/text-item.ts';
import { type WordTable } from '../words/known-words.ts';
import { type CompiledQuery, type LeafChecks } from './compiled-query.ts';
import { leafCheck, longestRun, type LeafCheck } from './leaf-check.ts';
import { leafPolicy } from './leaf-policy.ts';
import { parseQuery } from './parse-query.ts';
import { pictureRegex } from './picture-regex.ts';
import { QueryError } from './query-error.ts';
import { hasLetter, isKeycap } from './query-signs.ts';
import { leavesOf, type PatternLeaf, type QueryLeaf, type RegexLeaf, type WordsLeaf } from './query.ts';
import { requiredLeaves } from './required-leaves.ts';
import { compileUserRegex, regexSource, type UserRegex } from './user-regex.ts';

export function isQuery(term: Term): boolean {
  return term.kind === 'query';
}

export interface CompiledQueries {
  readonly queries: readonly CompiledQuery[];
  /** Each distinct leaf once, however many queries hold it. */
  readonly leaves: readonly Name[];
  /** By the index of a leaf's name. */
  readonly checks: LeafChecks;
  readonly warnings: readonly TermWarning[];
}

/** More than any word: a regex leads to a query only where no word does, and a fact before a regex. */
const EVERY_TEXT = 1e12;
const EVERY_POST = 1e11;

/**
 * @param firstIndex index of the first leaf's name
 * @param inTerm runs what may refuse a term, and says which term it was
 */
export function compileQueries(
  terms: readonly { readonly item: TextItem; readonly index: number }[],
  firstIndex: number,
  known: WordTable,
  inTerm: <T>(item: TextItem, compile: () => T) => T | undefined,
): CompiledQueries {
  const leaves = new LeafTable(firstIndex, known);
  const warnings: TermWarning[] = [];
  const queries = terms.map(({ item, index }) =>
    inTerm(item, (): CompiledQuery => {
      const node = parseQuery(item.term.text);
      const names = new Map<QueryLeaf, Name>();
      const regexes = new Map<QueryLeaf, UserRegex>();
      for (const leaf of leavesOf(node)) {
        if (leaf.type === 'fact') continue;
        const regex = regexLeafOf(leaf);
        if (regex !== undefined) regexes.set(leaf, leaves.regexOf(regex));
        else if (leaf.type !== 'regex')
          names.set(leaf, leaves.nameOf(leaf, item.term.lang ?? languageOf(leaf.text)));
      }
      const required = requiredLeaves(node, (leaf) => {
        if (leaf.type === 'fact') return EVERY_POST;
        return regexes.has(leaf) ? EVERY_TEXT : costOf(names.get(leaf));
      });
      if (required === undefined) {
        throw new QueryError(
          0,
          'it takes posts that hold none of its words; give it a word outside NOT, `language:` and `platform:`',
        );
      }
      const requiredRegexes = required.flatMap((leaf) => regexes.get(leaf) ?? []);
      const requiredFacts = required.filter((leaf) => leaf.type === 'fact');
      if (requiredRegexes.length > 0) warnings.push(warningOf(item, EVERY_TEXT_WARNING));
      if (requiredFacts.some(({ name }) => name === 'author'))
        warnings.push(warningOf(item, EVERY_POST_WARNING));
      return {
        item: index,
        node,
        names: new Map([...names].map(([leaf, name]) => [leaf, name.index])),
        regexes,
        requiredNames: [...new Set(required.flatMap((leaf) => names.get(leaf)?.index ?? []))],
        requiredRegexes: [...new Set(requiredRegexes)],
        requiredFacts,
      };
    }),
  );
  return {
    queries: queries.filter((query) => query !== undefined),
    leaves: leaves.names,
    checks: leaves.checks,
    warnings,
  };
}

/** Each leaf of all queries once. */
class LeafTable {
  readonly checks = new Map<number, LeafCheck | undefined>();
  readonly #firstIndex: number;
  readonly #known: WordTable;
  readonly #names = new Map<string, Name>();
  readonly #regexes = new Map<string, UserRegex>();

  constructor(firstIndex: number, known: WordTable) {
    this.#firstIndex = firstIndex;
    this.#known = known;
  }

  get names(): readonly Name[] {
    return [...this.#names.values()];
  }

  nameOf(leaf: WordsLeaf | PatternLeaf, language: string): Name {
    const key = `${leaf.type} ${leaf.type === 'words' ? leaf.mode : ''} ${language} ${leaf.text}`;
    const held = this.#names.get(key);
    if (held !== undefined) return held;
    const index = this.#firstIndex + this.#names.size;
    const policy = leafPolicy(leaf, language);
    const name = nameOf(index, lettersOf(leaf), language, () => policy, this.#known);
    this.#names.set(key, name);
    this.checks.set(index, leafCheck(leaf));
    return name;
  }

  regexOf(leaf: RegexLeaf): UserRegex {
    const source = regexSource(leaf);
    const regex = this.#regexes.get(source) ?? compileUserRegex(leaf);
    this.#regexes.set(source, regex);
    return regex;
  }
}

/** The regex that a leaf is, or that stands for an emoji. */
function regexLeafOf(leaf: WordsLeaf | PatternLeaf | RegexLeaf): RegexLeaf | undefined {
  if (leaf.type === 'regex') return leaf;
  const isPicture = leaf.type === 'words' && (!hasLetter(leaf.text) || isKeycap(leaf.text));
  return isPicture ? pictureRegex(leaf) : undefined;
}

/** Returns the part of a leaf to search as a name: from its first letter to its last, or to its first wildcard. */
function lettersOf(leaf: WordsLeaf | PatternLeaf): string {
  const { type, text } = leaf;
  if (type === 'words' && leaf.mode === 'raw') return longestRun(text);
  const plain = type === 'pattern' ? text.slice(0, text.search(/[*?]/)) : text;
  return /[\p{L}\p{N}].*[\p{L}\p{N}]\p{M}*|[\p{L}\p{N}]\p{M}*/su.exec(plain)?.[0] ?? plain;
}

const EVERY_TEXT_WARNING =
  'no word leads to this query, so its regex or emoji is looked for in every post (all such together take about as long as ten thousand names); join it with a word that must occur: `word AND /…/`';
const EVERY_POST_WARNING =
  'no word leads to this query: it takes posts by who wrote them; if that is not meant, join it with a word that must occur: `word AND author:…`';

/** Warns the owner of a query that no word leads to. */
function warningOf({ campaignId, term }: TextItem, message: string): TermWarning {
  return { campaignId, itemId: term.id, message };
}

/** How often a leaf is met, per thousand million words, as far as its rarest word tells. */
function costOf(name: Name | undefined): number {
  return 10 ** Math.min(...(name?.phrase.words.map((word) => word.zipf) ?? [0]));
}
