/** Searches for names that are split over two texts: the descriptions of a post's pictures, or the captions of two posts. */
import { type PieceCandidate } from '../boolean-queries/found-leaves.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import { OVER_PICTURES, OVER_POSTS, SPLIT, type EvidenceSet } from '../evidence/evidence.ts';
import { type FieldPiece } from '../fields/field-pieces.ts';
import { type FieldReader } from '../fields/field-reader.ts';
import { type WordView } from '../words/word-view.ts';
import { type PartBefore } from '../text-match.ts';
import { findSplits, type SplitName } from './find-splits.ts';
import { mayBeginAfterCut, mayEndBeforeCut, type SplitIndex } from './split-index.ts';
import { countersAt, readingsOf, type Edge } from './text-edges.ts';

/** The UTF-16 units that are read at each edge of a text, more than a name has in most cases. */
const EDGE_LENGTH = 200;

export class SplitSearch {
  readonly #index: SplitIndex;
  readonly #reader: FieldReader;

  constructor(index: SplitIndex, reader: FieldReader) {
    this.#index = index;
    this.#reader = reader;
  }

  /** The names that begin in the description of one picture and end in that of the next. Reads nothing in a post with fewer. */
  overPictures(pieces: readonly FieldPiece[]): PieceCandidate[] {
    const found: PieceCandidate[] = [];
    let before: FieldPiece | undefined;
    pieces.forEach((piece, index) => {
      if (piece.kind !== 'alt-text') return;
      if (before !== undefined && before.field !== piece.field) {
        const { field, from, text } = before;
        for (const split of findSplits(this.#index, this.#endsOf(text), this.#startsOf(piece.text))) {
          const part = partOf(text, split, from);
          found.push(candidate(split, OVER_PICTURES, index, { field, ...part }));
        }
      }
      before = piece;
    });
    return found;
  }

  /** True if the last words of a text may be the beginning of a name. */
  mayBegin(view: WordView): boolean {
    const last = view.count - 1;
    if (last < 0) return false;
    if (mayEndBeforeCut(this.#index, view.hash[last]!)) return true;
    const word = last - countersAt(view, last, -1);
    return word >= 0 && word < last && mayEndBeforeCut(this.#index, view.hash[word]!);
  }

  /** True if the first words of a text may be the end of a name. */
  mayEnd(view: WordView): boolean {
    if (view.count === 0) return false;
    if (mayBeginAfterCut(this.#index, view.hash[0]!)) return true;
    const word = countersAt(view, 0, 1);
    return word > 0 && word < view.count && mayBeginAfterCut(this.#index, view.hash[word]!);
  }

  /** The names that begin at the end of an earlier text and end at the start of the first piece. */
  overPosts(earlier: string, pieces: readonly FieldPiece[]): PieceCandidate[] {
    const first = pieces[0];
    if (first === undefined) return [];
    return findSplits(this.#index, this.#endsOf(earlier), this.#startsOf(first.text)).map((split) =>
      candidate(split, OVER_POSTS, 0, { field: undefined, ...partOf(earlier, split, 0) }),
    );
  }

  #startsOf(text: string): Edge[] {
    const folded = this.#reader.read(text.slice(0, EDGE_LENGTH));
    return readingsOf(folded, this.#reader.view, 1);
  }

  /** The readings of a text's end, with offsets in the whole text. */
  #endsOf(text: string): Edge[] {
    const cut = Math.max(0, text.length - EDGE_LENGTH);
    const folded = this.#reader.read(text.slice(cut));
    return readingsOf(folded, this.#reader.view, -1).map((edge) =>
      edge.map(({ hash, from, to }) => ({ hash, from: cut + from, to: cut + to })),
    );
  }
}

function partOf(text: string, { before: [from, to] }: SplitName, offset: number): Omit<PartBefore, 'field'> {
  return { span: [offset + from, offset + to], matched: text.slice(from, to) };
}

function candidate(
  { name, after: [from, to] }: SplitName,
  over: EvidenceSet,
  piece: number,
  before: PartBefore,
): PieceCandidate {
  const evidence = SPLIT | over;
  const confidence = confidenceOf(evidence, 0);
  return { item: name.index, from, to, evidence, confidence, distance: 0, piece, before };
}
