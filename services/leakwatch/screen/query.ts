import colors from 'picocolors';
import { type AskedPart, type ExplainedQuery, type MetAt, type TriedPart } from '@leakwatch/text-matching';
import { printable } from './format.ts';

const INDENT = '  ';
/** Places of one part that are shown. */
const MOST_PLACES = 3;
const LONGEST_MATCH = 60;
const LONGEST_ASK = 200;

/** Formats a query's conditions, one per line. */
export function askedLines({ asks, parts }: AskedPart, depth = 1): string[] {
  const line = `${INDENT.repeat(depth)}${printable(asks, LONGEST_ASK)}${parts.length === 0 ? '' : ':'}`;
  return [line, ...parts.flatMap((part) => askedLines(part, depth + 1))];
}

/** The same with what a text has of it: ✓ met, ✗ not met, · undecided. */
export function triedLines(part: TriedPart, depth = 1): string[] {
  const { asks, met, note, found, parts } = part;
  const sign = met === null ? '·' : met ? colors.green('✓') : colors.red('✗');
  const details = [describePlaces(found), note ?? ''].filter((text) => text !== '').join('; ');
  const line = `${INDENT.repeat(depth)}${sign} ${printable(asks, LONGEST_ASK)}`;
  return [
    `${line}${details === '' ? '' : `: ${details}`}${parts.length > 0 && details === '' ? ':' : ''}`,
    ...parts.flatMap((inner) => triedLines(inner, depth + 1)),
  ];
}

function describePlaces(found: readonly MetAt[]): string {
  const shown = found
    .slice(0, MOST_PLACES)
    .map(
      ({ kind, span, matched }) =>
        `“${printable(matched, LONGEST_MATCH)}” in the ${kind}, ${span[0]}–${span[1]}`,
    );
  const more = found.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

export function adviceLines(advice: ExplainedQuery['advice']): string[] {
  return advice.map(({ position, message }) => `position ${position + 1}: ${message}`);
}

/** Characters before and behind a mistake that are shown. */
const AROUND = 30;

/** The query around a mistake, and a line below it that points at the mistake. */
export function pointAt(query: string, position: number): [string, string] {
  const from = Math.max(0, position - AROUND);
  const before = inOneLine(query.slice(from, position));
  const behind = inOneLine(query.slice(position, position + AROUND));
  return [`${INDENT}${before}${behind}`, `${INDENT}${' '.repeat(before.length)}^`];
}

/** Keeps the length, so that what points at a place still does. */
function inOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]/gu, ' ');
}
