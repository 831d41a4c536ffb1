/** All queries of a watch list, found by the leaves that they can't do without. */
import { type CompiledQuery, type LeafChecks } from './compiled-query.ts';
import { satisfies } from './evaluate-query.ts';
import { traceQuery, type PartTrace } from './trace-query.ts';
import { FoundLeaves, type PieceCandidate, type SearchedPost } from './found-leaves.ts';
import { RegexSet } from './regex-search.ts';
import { type UserRegex } from './user-regex.ts';

export interface QueryHit {
  readonly item: number;
  /** The required leaf that was found. */
  readonly candidate: PieceCandidate;
}

export class QueryIndex {
  readonly #checks: LeafChecks;
  readonly #queries: readonly CompiledQuery[];
  readonly #byName: ReadonlyMap<number, readonly CompiledQuery[]>;
  readonly #byRegex: ReadonlyMap<UserRegex, readonly CompiledQuery[]>;
  /** The regexes that no word leads to. */
  readonly #everywhere: RegexSet;
  /** The queries that a fact leads to: they are asked of every post. */
  readonly #byFact: readonly CompiledQuery[];

  constructor(queries: readonly CompiledQuery[], checks: LeafChecks) {
    this.#checks = checks;
    this.#queries = queries;
    this.#byName = groupBy(queries, (query) => query.requiredNames);
    this.#byRegex = groupBy(queries, (query) => query.requiredRegexes);
    this.#everywhere = new RegexSet([...this.#byRegex.keys()]);
    this.#byFact = queries.filter(({ requiredFacts }) => requiredFacts.length > 0);
  }

  /** True if a name is a leaf of a query. */
  isLeaf(name: number): boolean {
    return this.#checks.has(name);
  }

  /** True if {@link evaluate} may find something in a post without any leaf. */
  get wantsEveryText(): boolean {
    return this.#everywhere.size > 0 || this.#byFact.length > 0;
  }

  evaluate(searched: SearchedPost): QueryHit[] {
    if (searched.leaves.length === 0 && !this.wantsEveryText) return [];
    const found = new FoundLeaves(searched, this.#checks);
    const hits = new Map<number, QueryHit>();
    const ask = (queries: readonly CompiledQuery[], candidate: PieceCandidate | undefined) => {
      if (candidate === undefined) return;
      for (const query of queries) {
        const held = hits.get(query.item);
        if (held !== undefined && held.candidate.confidence >= candidate.confidence) continue;
        if (held !== undefined || satisfies(query.node, found.sightOf(query))) {
          hits.set(query.item, { item: query.item, candidate });
        }
      }
    };
    for (const [name, ofName] of found.names) ask(this.#byName.get(name) ?? [], surest(ofName));
    if (this.#everywhere.size > 0) {
      for (const regex of found.matching(this.#everywhere)) {
        ask(this.#byRegex.get(regex) ?? [], found.ofRegex(regex)[0]);
      }
    }
    for (const query of this.#byFact) {
      if (hits.has(query.item)) continue;
      ask([query], query.requiredFacts.flatMap((fact) => found.ofFact(fact))[0]);
    }
    return [...hits.values()];
  }

  /** Tries each part of a query. Undefined if the item is no query. */
  trace(item: number, searched: SearchedPost): PartTrace | undefined {
    const query = this.#queries.find((one) => one.item === item);
    if (query === undefined) return undefined;
    return traceQuery(query.node, new FoundLeaves(searched, this.#checks).sightOf(query));
  }
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

function surest(candidates: readonly PieceCandidate[]): PieceCandidate {
  return candidates.reduce((best, one) =>
    one.confidence > best.confidence || (one.confidence === best.confidence && one.from < best.from)
      ? one
      : best,
  );
}
