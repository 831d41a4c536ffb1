/** The leaves of queries in one post: where the scan found names, and where regexes match. */
import { type FieldPiece } from '../fields/field-pieces.ts';
import { type FieldReader } from '../fields/field-reader.ts';
import { wordAtUnit } from '../policy/context.ts';
import { type PostText } from '../fields/post-text.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { type WordSpan } from './evaluate-query.ts';
import { type CompiledQuery } from './compiled-query.ts';
import { leavesOf, type QueryLeaf } from './query.ts';
import { RegexSearch, type RegexSet } from './regex-search.ts';
import { type UserRegex } from './user-regex.ts';

/** A place in one piece of a post. */
export interface PieceCandidate extends Candidate {
  /** Index among the post's pieces. */
  readonly piece: number;
}

/** A post and the leaves that were found in it. */
export interface SearchedPost {
  readonly post: PostText;
  readonly pieces: readonly FieldPiece[];
  /** In any order. */
  readonly leaves: readonly PieceCandidate[];
  readonly reader: FieldReader;
}

export class FoundLeaves {
  readonly names: ReadonlyMap<number, readonly PieceCandidate[]>;
  readonly #searched: SearchedPost;
  /** Of each piece; made when the first regex is asked for. */
  #searches: readonly RegexSearch[] | undefined;

  constructor(searched: SearchedPost) {
    this.#searched = searched;
    this.names = byItem(searched.leaves);
  }

  /** Those regexes of a set that match the post. */
  matching(set: RegexSet): ReadonlySet<UserRegex> {
    return new Set(this.#regexSearches().flatMap((search) => [...search.matching(set)]));
  }

  /** Where a regex matches. */
  ofRegex(regex: UserRegex): readonly PieceCandidate[] {
    return this.#regexSearches().flatMap((search, piece) =>
      search.find(regex).map((candidate) => ({ ...candidate, piece })),
    );
  }

  spansOf(query: CompiledQuery): Map<QueryLeaf, WordSpan[]> {
    return new Map(
      leavesOf(query.node).map((leaf) => {
        const candidates =
          leaf.type === 'regex'
            ? this.ofRegex(query.regexes.get(leaf)!)
            : (this.names.get(query.names.get(leaf)!) ?? []);
        return [leaf, candidates.map((candidate) => this.#spanOf(candidate))];
      }),
    );
  }

  #spanOf({ piece, from, to }: PieceCandidate): WordSpan {
    const { folded, view } = this.#searched.reader.again(this.#searched.pieces[piece]!.text);
    return { piece, first: wordAtUnit(folded, view, from), last: wordAtUnit(folded, view, to - 1) };
  }

  #regexSearches(): readonly RegexSearch[] {
    const { pieces, reader } = this.#searched;
    this.#searches ??= pieces.map(({ text }) => new RegexSearch(reader.again(text).folded));
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
