/** The leaves of queries in one post: where the scan found names, where regexes match, what is known of the post. */
import { type FieldPiece } from '../fields/field-pieces.ts';
import { type FieldReader } from '../fields/field-reader.ts';
import { type PostText } from '../fields/post-text.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { type CompiledQuery, type LeafChecks } from './compiled-query.ts';
import { type QuerySight } from './evaluate-query.ts';
import { holdsFact, placesOf } from './facts.ts';
import { type FactLeaf, type QueryLeaf } from './query.ts';
import { RegexSearch, type RegexSet } from './regex-search.ts';
import { type UserRegex } from './user-regex.ts';
import { wordRuler, type WordRuler } from './word-ruler.ts';
import { type WordSpan } from './word-spans.ts';
import { type PartBefore } from '../text-match.ts';

/** A place in one piece of a post. */
export interface PieceCandidate extends Candidate {
  /** Index among the post's pieces. */
  readonly piece: number;
  /** For a name that is split over two texts: its first part. */
  readonly before?: PartBefore;
}

/** A post and the leaves whose letters were found in it. */
export interface SearchedPost {
  readonly post: PostText;
  readonly pieces: readonly FieldPiece[];
  /** In any order. */
  readonly leaves: readonly PieceCandidate[];
  readonly reader: FieldReader;
}

const NO_ITEM = -1;

export class FoundLeaves {
  readonly names: ReadonlyMap<number, readonly PieceCandidate[]>;
  readonly #searched: SearchedPost;
  /** One for each piece; made for the first regex. */
  #searches: readonly RegexSearch[] | undefined;
  readonly #rulers: (WordRuler | undefined)[] = [];

  constructor(searched: SearchedPost, checks: LeafChecks) {
    this.#searched = searched;
    this.names = byItem(
      searched.leaves.flatMap((place) => {
        const check = checks.get(place.item);
        return check === undefined ? [place] : (check(searched.pieces[place.piece]!, place) ?? []);
      }),
    );
  }

  /** Those regexes of a set that match the post. */
  matching(set: RegexSet): ReadonlySet<UserRegex> {
    return new Set(this.#regexSearches().flatMap((search) => [...search.matching(set)]));
  }

  /** Returns a regex's matches. */
  ofRegex(regex: UserRegex): readonly PieceCandidate[] {
    return this.#regexSearches().flatMap((search, piece) =>
      search.find(regex).map((candidate) => ({ ...candidate, piece })),
    );
  }

  /** Returns the places that state a fact. */
  ofFact(fact: FactLeaf): readonly PieceCandidate[] {
    return placesOf(fact, this.#searched.pieces).map((place) => ({
      ...place,
      item: NO_ITEM,
      evidence: 0,
      confidence: 1,
      distance: 0,
    }));
  }

  /** The post as a query sees it. */
  sightOf(query: CompiledQuery): QuerySight {
    const { post, pieces } = this.#searched;
    return {
      hasTitle: pieces.some(({ kind }) => kind === 'title'),
      kindOf: (piece) => pieces[piece]!.kind,
      holdsFact: (fact) => holdsFact(fact, post, pieces),
      placesOfFact: (fact) => this.ofFact(fact).map((place) => this.#spanOf(place)),
      spansOf: (leaf) => this.#placesOf(query, leaf).map((place) => this.#spanOf(place)),
    };
  }

  #placesOf(query: CompiledQuery, leaf: QueryLeaf): readonly PieceCandidate[] {
    const regex = query.regexes.get(leaf);
    if (regex !== undefined) return this.ofRegex(regex);
    return this.names.get(query.names.get(leaf) ?? NO_ITEM) ?? [];
  }

  #spanOf({ piece, from, to }: PieceCandidate): WordSpan {
    const ruler = this.#rulerOf(piece);
    return { piece, first: ruler.wordAt(from), last: ruler.wordAt(to - 1), from, to };
  }

  #rulerOf(piece: number): WordRuler {
    const held = this.#rulers[piece];
    if (held !== undefined) return held;
    const { reader, pieces } = this.#searched;
    const folded = reader.again(pieces[piece]!.text);
    const ruler = wordRuler(folded, reader.view);
    this.#rulers[piece] = ruler;
    return ruler;
  }

  #regexSearches(): readonly RegexSearch[] {
    const { pieces, reader } = this.#searched;
    this.#searches ??= pieces.map(({ text }) => new RegexSearch(reader.again(text)));
    return this.#searches;
  }
}

function byItem(candidates: readonly PieceCandidate[]): Map<number, PieceCandidate[]> {
  const groups = new Map<number, PieceCandidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.item);
    if (group === undefined) groups.set(candidate.item, [candidate]);
    else group.push(candidate);
  }
  return groups;
}
