/** A part of a text that a match covers: start and end (exclusive) in UTF-16 units. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

/** A piece of a text, and the marks that cover it by their numbers; none for text between matches. */
export interface Piece {
  readonly text: string;
  readonly marks: readonly number[];
}

/** Cuts a text at the ends of its marks. Marks may overlap; those outside the text are cut to it. */
export function cutText(text: string, marks: readonly Mark[]): Piece[] {
  const inside = marks.map(({ start, end }) => ({
    start: clamp(start, text.length),
    end: clamp(end, text.length),
  }));
  const edges = new Set([0, text.length, ...inside.flatMap(({ start, end }) => [start, end])]);
  const sorted = [...edges].toSorted((one, other) => one - other);
  return sorted.flatMap((from, index) => {
    const to = sorted[index + 1];
    if (to === undefined || to === from) return [];
    const covering = inside.flatMap(({ start, end }, number) => (start <= from && end >= to ? [number] : []));
    return [{ text: text.slice(from, to), marks: covering }];
  });
}

function clamp(position: number, length: number): number {
  return Math.min(Math.max(position, 0), length);
}
