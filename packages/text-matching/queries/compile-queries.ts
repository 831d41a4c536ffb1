import { type Term } from '@leakwatch/contracts';
import { nameOf, type Name } from '../names/name.ts';
import { type TextItem } from '../text-match.ts';
import { type WordTable } from '../words/known-words.ts';
import { leafPolicy } from './leaf-policy.ts';
import { parseQuery } from './parse-query.ts';
import { QueryError } from './query-error.ts';
import { type CompiledQuery } from './query-index.ts';
import { leavesOf, requiredLeaves, type LeafKind, type QueryLeaf } from './query.ts';

export function isQuery(term: Term): boolean {
  return term.kind === 'query';
}

export interface CompiledQueries {
  readonly queries: readonly CompiledQuery[];
  /** Each distinct leaf once, however many queries hold it. */
  readonly leaves: readonly Name[];
  /** By the index of a leaf's name. */
  readonly leafKinds: ReadonlyMap<number, LeafKind>;
}

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
  const leafName = (leaf: QueryLeaf, language: string): Name => {
    const key = `${leaf.kind} ${language} ${leaf.text}`;
    const held = byText.get(key);
    if (held !== undefined) return held;
    const name = nameOf(firstIndex + byText.size, leaf.text, language, () => leafPolicy(leaf.kind), known);
    byText.set(key, name);
    leafKinds.set(name.index, leaf.kind);
    return name;
  };
  const queries = terms.map(({ item, index }) =>
    inTerm(item, () => {
      const node = parseQuery(item.term.text);
      const leaves = leavesOf(node).map((leaf): [QueryLeaf, Name] => [
        leaf,
        leafName(leaf, item.term.lang ?? 'en'),
      ]);
      const names = new Map(leaves);
      const required = requiredLeaves(node, (leaf) => costOf(names.get(leaf)));
      if (required === undefined) {
        throw new QueryError(0, 'it takes texts that hold none of its words; give it a word outside NOT');
      }
      return {
        item: index,
        node,
        names: new Map(leaves.map(([leaf, name]) => [leaf, name.index])),
        required: [...new Set(required.map((leaf) => names.get(leaf)!.index))],
      };
    }),
  );
  return { queries, leaves: [...byText.values()], leafKinds };
}

/** How often a leaf is met, per thousand million words, as far as its rarest word tells. */
function costOf(name: Name | undefined): number {
  return 10 ** Math.min(...(name?.phrase.words.map((word) => word.zipf) ?? [0]));
}
