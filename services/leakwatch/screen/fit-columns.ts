import { stripVTControlCharacters } from 'node:util';
import colors from 'picocolors';

/** Below this no layout helps. */
const NARROWEST = 20;

/** The width of the terminal that shows the results; null where they go to a pipe or a file. */
export function terminalColumns(): number | null {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns >= NARROWEST ? columns : null;
}

/** The width of a text on a terminal, where colour codes take no room. */
export function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/**
 * A table that is too wide for its terminal: a row is a block, with a line for each cell that is not empty. Two columns stay as
 * they are, and the second one is wrapped.
 */
export function formatBlocks(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string {
  if (head.length === 2) {
    const lines = [head.map((title) => colors.bold(title)), ...rows];
    return formatPairs(
      lines.map(([name = '', value = '']) => [name, value]),
      columns,
    );
  }
  return rows
    .map((row) => {
      const cells = head.map((title, index): Pair => [colors.bold(title), row[index] ?? '']);
      return formatPairs(
        cells.filter(([, value]) => value !== ''),
        columns,
      );
    })
    .join('\n\n');
}

type Pair = readonly [name: string, value: string];

function formatPairs(pairs: readonly Pair[], columns: number): string {
  const indent = Math.max(...pairs.map(([name]) => widthOf(name))) + 2;
  return pairs
    .flatMap(([name, value]) =>
      wrapped(value, columns - indent).map((line, index) => {
        const label = index === 0 ? name : '';
        return `${label}${' '.repeat(indent - widthOf(label))}${line}`.trimEnd();
      }),
    )
    .join('\n');
}

/** A word that is longer than a line stays whole, so that an address or a hash can be copied. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
