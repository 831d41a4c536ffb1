import { type Term } from '@leakwatch/contracts';
import { languageOf } from '../languages/language-of.ts';
import { nameOf, type Name } from '../names/name.ts';
import { type TermWarning } from '../terms/term-error.ts';
import { type TextItem } from '../terms/text-item.ts';
import { type WordTable } from '../words/known-words.ts';
import { leafPolicy } from './leaf-policy.ts';
import { parseQuery } from './parse-query.ts';
import { QueryError } from './query-error.ts';
import { type CompiledQuery } from './compiled-query.ts';
import {
  leavesOf,
  requiredLeaves,
  type LeafKind,
  type NameLeaf,
  type QueryLeaf,
  type RegexLeaf,
} from './query.ts';
import { compileUserRegex, regexSource, type UserRegex } from './user-regex.ts';

export function isQuery(term: Term): boolean {
  return term.kind === 'query';
}

export interface CompiledQueries {
  readonly queries: readonly CompiledQuery[];
  /** Each distinct leaf once, however many queries hold it. */
  readonly leaves: readonly Name[];
  /** By the index of a leaf's name. */
  readonly leafKinds: ReadonlyMap<number, LeafKind>;
  readonly warnings: readonly TermWarning[];
}

/** More than any word: a regex leads to a query only where no word does. */
const EVERY_TEXT = 1e12;

/**
 * @param firstIndex index of the first leaf's name
 * @param inTerm runs what may refuse a term, and says which term it was
 */
export function compileQueries(
  terms: readonly { readonly item: TextItem; readonly index: number }[],
  firstIndex: number,
  known: WordTable,
  inTerm: <T>(item: TextItem, compile: () => T) => T,
): CompiledQueries {
  const byText = new Map<string, Name>();
  const leafKinds = new Map<number, LeafKind>();
  const leafName = (leaf: NameLeaf, language: string): Name => {
    const key = `${leaf.kind} ${language} ${leaf.text}`;
    const held = byText.get(key);
    if (held !== undefined) return held;
    const name = nameOf(firstIndex + byText.size, leaf.text, language, () => leafPolicy(leaf.kind), known);
    byText.set(key, name);
    leafKinds.set(name.index, leaf.kind);
    return name;
  };
  const regexes = new Map<string, UserRegex>();
  const regexOf = (leaf: RegexLeaf): UserRegex => {
    const source = regexSource(leaf);
    const regex = regexes.get(source) ?? compileUserRegex(leaf);
    regexes.set(source, regex);
    return regex;
  };
  const warnings: TermWarning[] = [];
  const queries = terms.map(({ item, index }) =>
    inTerm(item, (): CompiledQuery => {
      const node = parseQuery(item.term.text);
      const names = new Map<NameLeaf, Name>();
      const patterns = new Map<RegexLeaf, UserRegex>();
      for (const leaf of leavesOf(node)) {
        if (leaf.type === 'regex') patterns.set(leaf, regexOf(leaf));
        else names.set(leaf, leafName(leaf, item.term.lang ?? languageOf(leaf.text)));
      }
      const cost = (leaf: QueryLeaf) => (leaf.type === 'regex' ? EVERY_TEXT : costOf(names.get(leaf)));
      const required = requiredLeaves(node, cost);
      if (required === undefined) {
        throw new QueryError(0, 'it takes texts that hold none of its words; give it a word outside NOT');
      }
      const requiredRegexes = required.flatMap((leaf) => (leaf.type === 'regex' ? patterns.get(leaf)! : []));
      if (requiredRegexes.length > 0) warnings.push(everyTextWarning(item));
      return {
        item: index,
        node,
        names: new Map([...names].map(([leaf, name]) => [leaf, name.index])),
        regexes: patterns,
        requiredNames: [
          ...new Set(required.flatMap((leaf) => (leaf.type === 'leaf' ? names.get(leaf)!.index : []))),
        ],
        requiredRegexes: [...new Set(requiredRegexes)],
      };
    }),
  );
  return { queries, leaves: [...byText.values()], leafKinds, warnings };
}

/** What the owner of a query that no word leads to should know. */
function everyTextWarning({ campaignId, term }: TextItem): TermWarning {
  return {
    campaignId,
    itemId: term.id,
    message:
      'no word leads to this query, so its regex is tried on every post (all such regexes together take about as long as ten thousand names); join it with a word that must occur: `word AND /…/`',
  };
}

/** How often a leaf is met, per thousand million words, as far as its rarest word tells. */
function costOf(name: Name | undefined): number {
  return 10 ** Math.min(...(name?.phrase.words.map((word) => word.zipf) ?? [0]));
}
