/** The fields of a post in pieces that can be folded at once. */
import { LONGEST_TEXT } from '../fold/folded-text.ts';
import { type PostText, type TextFieldKind } from './post-text.ts';

/** Pieces of a text overlap by more than any name spans. */
const OVERLAP = 1 << 12;

export interface FieldPiece {
  /** Index of the field in the post. */
  readonly field: number;
  readonly kind: TextFieldKind;
  /** Where the piece begins in the field. */
  readonly from: number;
  readonly text: string;
}

/** Most fields are one piece. A longer one is cut between words where there are any, and its pieces overlap. */
export function piecesOf(post: PostText): FieldPiece[] {
  return post.fields.flatMap(({ kind, text }, field) =>
    cutText(text).map(([from, to]) => ({ field, kind, from, text: text.slice(from, to) })),
  );
}

function cutText(text: string): [number, number][] {
  const cuts: [number, number][] = [];
  for (let from = 0; ;) {
    const to = endOfPiece(text, from);
    cuts.push([from, to]);
    if (to === text.length) return cuts;
    from = startOfPiece(text, to);
  }
}

function endOfPiece(text: string, from: number): number {
  const most = from + LONGEST_TEXT;
  if (most >= text.length) return text.length;
  const space = text.lastIndexOf(' ', most);
  return space > most - OVERLAP ? space : most;
}

/** A word or more before the end of the piece before. */
function startOfPiece(text: string, end: number): number {
  const least = end - OVERLAP;
  const space = text.indexOf(' ', least);
  return space >= 0 && space < end - OVERLAP / 2 ? space : least;
}
