/** Cuts the fields of a post into pieces short enough to fold. */
import { type TextFieldKind } from '@leakwatch/contracts';
import { LONGEST_TEXT } from '../fold/folded-text.ts';
import { type PostText } from './post-text.ts';

/** The overlap of two pieces, longer than any name. */
const OVERLAP = 1 << 12;

export interface FieldPiece {
  /** Index of the field in the post. */
  readonly field: number;
  readonly kind: TextFieldKind;
  /** The start of the piece in the field. */
  readonly from: number;
  readonly text: string;
}

/** Returns the pieces of a post. Most fields are one piece; a longer one is cut between words if possible, with an overlap. */
export function piecesOf(post: PostText): FieldPiece[] {
  const pieces: FieldPiece[] = [];
  post.fields.forEach(({ kind, text }, field) => {
    if (text.length <= LONGEST_TEXT) pieces.push({ field, kind, from: 0, text });
    else
      for (const [from, to] of cutText(text)) pieces.push({ field, kind, from, text: text.slice(from, to) });
  });
  return pieces;
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

/** The start of the next piece: at least a word before the end of the last one. */
function startOfPiece(text: string, end: number): number {
  const least = end - OVERLAP;
  const space = text.indexOf(' ', least);
  return space >= 0 && space < end - OVERLAP / 2 ? space : least;
}
