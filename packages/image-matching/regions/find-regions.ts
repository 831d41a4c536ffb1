import { type IntegralImage, type Rect } from './integral-image.ts';

/** Rows and columns with a smaller deviation are background. */
const GUTTER_DEVIATION = 6;
/** Least width of a gutter; thinner lines belong to pictures. */
const MIN_GUTTER_PX = 2;
/** Least side of a region, as a share of the picture's side. */
const MIN_SIDE_SHARE = 0.12;
const MAX_DEPTH = 4;
const MAX_REGIONS = 40;

/**
 * Finds parts that may be pictures of their own: the picture without borders and letterbox, the pieces of screenshots and
 * collages between even gutters (XY-cut; Nagy and Seth, 1984), and a coarse grid for pictures on an uneven ground. The whole
 * picture comes first; each part comes once.
 */
export function findRegions(image: IntegralImage): Rect[] {
  const regions = new Map<string, Rect>();
  const keep = (rect: Rect) => regions.set(keyOf(rect), rect);
  keep(image.whole);
  cutApart(image, image.whole, 0, keep);
  for (const rect of coarseGrid(image)) keep(rect);
  return [...regions.values()].slice(0, MAX_REGIONS);
}

function keyOf({ left, top, right, bottom }: Rect): string {
  return `${left},${top},${right},${bottom}`;
}

function cutApart(image: IntegralImage, rect: Rect, depth: number, keep: (rect: Rect) => void): void {
  const trimmed = trim(image, rect);
  if (trimmed === null || isSmall(image, trimmed)) return;
  keep(trimmed);
  if (depth === MAX_DEPTH) return;
  const bands = split(trimmed, 'rows', (row) => isGutter(image, { ...trimmed, top: row, bottom: row + 1 }));
  const stripes = split(trimmed, 'columns', (x) => isGutter(image, { ...trimmed, left: x, right: x + 1 }));
  for (const parts of [bands, stripes]) {
    if (parts.length > 1) for (const part of parts) cutApart(image, part, depth + 1, keep);
  }
}

/** Trims even rows and columns at the edges; null when nothing is left. */
function trim(image: IntegralImage, rect: Rect): Rect | null {
  let { left, top, right, bottom } = rect;
  for (let changed = true; changed;) {
    const before = `${left} ${top} ${right} ${bottom}`;
    while (top < bottom && isGutter(image, { left, right, top, bottom: top + 1 })) top++;
    while (top < bottom && isGutter(image, { left, right, top: bottom - 1, bottom })) bottom--;
    if (top >= bottom) return null;
    while (left < right && isGutter(image, { top, bottom, left, right: left + 1 })) left++;
    while (left < right && isGutter(image, { top, bottom, left: right - 1, right })) right--;
    if (left >= right) return null;
    changed = before !== `${left} ${top} ${right} ${bottom}`;
  }
  return { left, top, right, bottom };
}

function isGutter(image: IntegralImage, line: Rect): boolean {
  return image.deviation(line) < GUTTER_DEVIATION;
}

function isSmall(image: IntegralImage, { left, top, right, bottom }: Rect): boolean {
  return right - left < image.width * MIN_SIDE_SHARE || bottom - top < image.height * MIN_SIDE_SHARE;
}

/** Splits a rectangle at its gutters. */
function split(rect: Rect, axis: 'rows' | 'columns', isGutterAt: (at: number) => boolean): Rect[] {
  const [from, to] = axis === 'rows' ? [rect.top, rect.bottom] : [rect.left, rect.right];
  const parts: Rect[] = [];
  let start = from;
  for (let at = from; at < to; at++) {
    let end = at;
    while (end < to && isGutterAt(end)) end++;
    if (end - at >= MIN_GUTTER_PX) {
      parts.push(axis === 'rows' ? { ...rect, top: start, bottom: at } : { ...rect, left: start, right: at });
      start = end;
    }
    at = Math.max(at, end - 1);
  }
  parts.push(axis === 'rows' ? { ...rect, top: start, bottom: to } : { ...rect, left: start, right: to });
  return parts;
}

/** Nine overlapping parts of half the sides, and nine separate ones of a third. */
function* coarseGrid({ width, height }: IntegralImage): Generator<Rect> {
  for (const part of [2, 3]) {
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        const left = Math.round(((width - width / part) * column) / 2);
        const top = Math.round(((height - height / part) * row) / 2);
        yield {
          left,
          top,
          right: left + Math.floor(width / part),
          bottom: top + Math.floor(height / part),
        };
      }
    }
  }
}
