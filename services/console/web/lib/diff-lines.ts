interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Beyond this product of lengths the table of the comparison is too large: everything counts as changed. */
const MOST_CELLS = 4_000_000;

/** Tells two texts apart line by line, by their longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end))
    end += 1;
  const same = (lines: readonly string[]) => lines.map((text): DiffLine => ({ kind: 'same', text }));
  return [
    ...same(old.slice(0, start)),
    ...diffMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...same(old.slice(old.length - end)),
  ];
}

/** The changed lines, each with its neighbours; null stands for lines left out. */
export function withNeighbours(lines: readonly DiffLine[], around: number): (DiffLine | null)[] {
  const near = lines.map((_line, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same'),
  );
  return lines.flatMap((line, at) => {
    if (near[at] === true) return [line];
    return at === 0 || near[at - 1] === true ? [null] : [];
  });
}

function diffMiddle(old: readonly string[], now: readonly string[]): DiffLine[] {
  const lines: DiffLine[] = [];
  const lengths = old.length * now.length > MOST_CELLS ? null : commonLengths(old, now);
  let [i, j] = [0, 0];
  while (lengths !== null && i < old.length && j < now.length) {
    const text = old[i] ?? '';
    if (text === now[j]) {
      lines.push({ kind: 'same', text });
      i += 1;
      j += 1;
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) {
      lines.push({ kind: 'removed', text });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: now[j] ?? '' });
      j += 1;
    }
  }
  for (const text of old.slice(i)) lines.push({ kind: 'removed', text });
  for (const text of now.slice(j)) lines.push({ kind: 'added', text });
  return lines;
}

/** The length of the longest common subsequence from each pair of places on. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint32Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const [row, below] = [lengths[i], lengths[i + 1]];
    if (row === undefined || below === undefined) continue;
    for (let j = now.length - 1; j >= 0; j -= 1) {
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}
