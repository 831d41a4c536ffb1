import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import colors from 'picocolors';
import { type Severity } from '@leakwatch/contracts';
import { formatBlocks, terminalColumns, widthOf } from './fit-columns.ts';

/**
 * Formats a table whose columns fit their content.
 *
 * @param columns - the room that it has; where that is too little, each row becomes a block. Null: as much as it needs
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number | null = terminalColumns(),
): string {
  const table = new Table({
    head: head.map((title) => colors.bold(title)),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
  });
  table.push(...rows.map((row) => [...row]));
  const whole = table.toString();
  const isTooWide = columns !== null && whole.split('\n').some((line) => widthOf(line.trimEnd()) > columns);
  return isTooWide ? formatBlocks(head, rows, columns) : whole;
}

const SEVERITY_COLOUR: Record<Severity, (text: string) => string> = {
  critical: (text) => colors.bold(colors.red(text)),
  high: colors.red,
  medium: colors.yellow,
  low: colors.dim,
};

export function formatSeverity(severity: Severity): string {
  return SEVERITY_COLOUR[severity](severity);
}

/** 0.042 s, 1.3 s, 4 min, 2.1 h, 3.0 d. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  if (seconds < 7200) return `${(seconds / 60).toFixed(0)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} d`;
}

/** `50 of 119 shown`, or `51 to 100 of 119 shown` on a later page. */
export function describeRange(shown: number, total: number, before = 0): string {
  return before === 0 ? `${shown} of ${total} shown` : `${before + 1} to ${before + shown} of ${total} shown`;
}

export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Makes untrusted text fit for one line of a terminal: no control sequences, which could steer an analyst's terminal, no
 * line breaks, no invisible direction marks, cut to a width.
 */
export function printable(text: string, maxLength: number): string {
  const flat = stripVTControlCharacters(text)
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim();
  const characters = [...GRAPHEMES.segment(flat)].map(({ segment }) => segment);
  return characters.length <= maxLength ? flat : `${characters.slice(0, maxLength - 1).join('')}…`;
}

/** `1 row`, `2 rows`. */
export function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}
