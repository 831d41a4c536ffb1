/** All queries of a watch list, found by the leaves that they can't do without. */
import { type FoldedText } from '../fold/folded-text.ts';
import { wordAtUnit } from '../policy/context.ts';
import { type Candidate } from '../verify/candidate.ts';
import { type WordView } from '../words/word-view.ts';
import { satisfies, type WordSpan } from './evaluate-query.ts';
import { leavesOf, type QueryLeaf, type QueryNode } from './query.ts';

export interface CompiledQuery {
  /** Which term it is. */
  readonly item: number;
  readonly node: QueryNode;
  /** The name that stands for each leaf. */
  readonly names: ReadonlyMap<QueryLeaf, number>;
  /** Names of which one stands in every text that it takes. */
  readonly required: readonly number[];
}

export interface QueryHit {
  readonly item: number;
  /** The required leaf that was found. */
  readonly candidate: Candidate;
}

export class QueryIndex {
  readonly #byRequired = new Map<number, CompiledQuery[]>();

  constructor(queries: readonly CompiledQuery[]) {
    for (const query of queries) {
      for (const name of query.required) {
        const list = this.#byRequired.get(name) ?? [];
        list.push(query);
        this.#byRequired.set(name, list);
      }
    }
  }

  /** @param candidates of leaves only, in any order */
  evaluate(candidates: readonly Candidate[], text: FoldedText, view: WordView): QueryHit[] {
    const byName = new Map<number, Candidate[]>();
    for (const candidate of candidates) {
      const list = byName.get(candidate.item) ?? [];
      list.push(candidate);
      byName.set(candidate.item, list);
    }
    const hits = new Map<number, QueryHit>();
    for (const [name, found] of byName) {
      for (const query of this.#byRequired.get(name) ?? []) {
        const candidate = surest(found);
        const held = hits.get(query.item);
        if (held !== undefined && held.candidate.confidence >= candidate.confidence) continue;
        if (held !== undefined || takes(query, byName, text, view)) {
          hits.set(query.item, { item: query.item, candidate });
        }
      }
    }
    return [...hits.values()];
  }
}

function takes(
  query: CompiledQuery,
  byName: ReadonlyMap<number, readonly Candidate[]>,
  text: FoldedText,
  view: WordView,
): boolean {
  const spans = new Map<QueryLeaf, WordSpan[]>();
  for (const leaf of leavesOf(query.node)) {
    const found = byName.get(query.names.get(leaf) ?? -1) ?? [];
    spans.set(
      leaf,
      found.map(({ from, to }) => ({
        first: wordAtUnit(text, view, from),
        last: wordAtUnit(text, view, to - 1),
      })),
    );
  }
  return satisfies(query.node, spans);
}

function surest(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((best, one) =>
    one.confidence > best.confidence || (one.confidence === best.confidence && one.from < best.from)
      ? one
      : best,
  );
}
