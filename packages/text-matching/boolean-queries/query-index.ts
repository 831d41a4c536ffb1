/** All queries of a watch list, found by the leaves that they can't do without. */
import { type FoldedText } from '../fold/folded-text.ts';
import { wordAtUnit } from '../policy/context.ts';
import { type Candidate } from '../verify/candidate.ts';
import { type WordView } from '../words/word-view.ts';
import { satisfies, type WordSpan } from './evaluate-query.ts';
import { leavesOf, type NameLeaf, type QueryLeaf, type QueryNode, type RegexLeaf } from './query.ts';
import { RegexSearch, RegexSet } from './regex-search.ts';
import { type UserRegex } from './user-regex.ts';

export interface CompiledQuery {
  /** Which term it is. */
  readonly item: number;
  readonly node: QueryNode;
  /** The name that stands for each leaf. */
  readonly names: ReadonlyMap<NameLeaf, number>;
  readonly regexes: ReadonlyMap<RegexLeaf, UserRegex>;
  /** Names and regexes of which one is met in every text that it takes. */
  readonly requiredNames: readonly number[];
  readonly requiredRegexes: readonly UserRegex[];
}

export interface QueryHit {
  readonly item: number;
  /** The required leaf that was found. */
  readonly candidate: Candidate;
}

export class QueryIndex {
  readonly #byName: ReadonlyMap<number, readonly CompiledQuery[]>;
  readonly #byRegex: ReadonlyMap<UserRegex, readonly CompiledQuery[]>;
  /** The regexes that no word leads to. */
  readonly #everywhere: RegexSet;

  constructor(queries: readonly CompiledQuery[]) {
    this.#byName = groupBy(queries, (query) => query.requiredNames);
    this.#byRegex = groupBy(queries, (query) => query.requiredRegexes);
    this.#everywhere = new RegexSet([...this.#byRegex.keys()]);
  }

  /** Whether {@link evaluate} may find something in a text that holds no leaf. */
  get wantsEveryText(): boolean {
    return this.#everywhere.size > 0;
  }

  /** @param candidates of leaves only, in any order */
  evaluate(candidates: readonly Candidate[], text: FoldedText, view: WordView): QueryHit[] {
    const found: FoundLeaves = { names: byItem(candidates), search: undefined, text, view };
    const hits = new Map<number, QueryHit>();
    const ask = (queries: readonly CompiledQuery[], candidate: Candidate | undefined) => {
      if (candidate === undefined) return;
      for (const query of queries) {
        const held = hits.get(query.item);
        if (held !== undefined && held.candidate.confidence >= candidate.confidence) continue;
        if (held !== undefined || satisfies(query.node, spansOf(query, found))) {
          hits.set(query.item, { item: query.item, candidate });
        }
      }
    };
    for (const [name, ofName] of found.names) ask(this.#byName.get(name) ?? [], surest(ofName));
    if (this.wantsEveryText) {
      const search = searchOf(found);
      for (const regex of search.matching(this.#everywhere)) {
        ask(this.#byRegex.get(regex) ?? [], search.find(regex)[0]);
      }
    }
    return [...hits.values()];
  }
}

/** What one text holds. */
interface FoundLeaves {
  readonly names: ReadonlyMap<number, readonly Candidate[]>;
  /** Made when the first regex is asked for. */
  search: RegexSearch | undefined;
  readonly text: FoldedText;
  readonly view: WordView;
}

function searchOf(found: FoundLeaves): RegexSearch {
  found.search ??= new RegexSearch(found.text);
  return found.search;
}

function spansOf(query: CompiledQuery, found: FoundLeaves): Map<QueryLeaf, WordSpan[]> {
  const { names, text, view } = found;
  return new Map(
    leavesOf(query.node).map((leaf) => {
      const candidates =
        leaf.type === 'regex'
          ? searchOf(found).find(query.regexes.get(leaf)!)
          : (names.get(query.names.get(leaf)!) ?? []);
      return [
        leaf,
        candidates.map(({ from, to }) => ({
          first: wordAtUnit(text, view, from),
          last: wordAtUnit(text, view, to - 1),
        })),
      ];
    }),
  );
}

function groupBy<Key>(
  queries: readonly CompiledQuery[],
  keysOf: (query: CompiledQuery) => readonly Key[],
): Map<Key, CompiledQuery[]> {
  const groups = new Map<Key, CompiledQuery[]>();
  for (const query of queries) {
    for (const key of keysOf(query)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [query]);
      else group.push(query);
    }
  }
  return groups;
}

function byItem(candidates: readonly Candidate[]): Map<number, Candidate[]> {
  const groups = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.item);
    if (group === undefined) groups.set(candidate.item, [candidate]);
    else group.push(candidate);
  }
  return groups;
}

function surest(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((best, one) =>
    one.confidence > best.confidence || (one.confidence === best.confidence && one.from < best.from)
      ? one
      : best,
  );
}
