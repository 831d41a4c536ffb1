import colors from 'picocolors';
import { type Finding } from '../doctor/finding.ts';
import { printable } from './format.ts';

const MARK = { well: colors.green('✓'), open: ' ', wrong: colors.red('✗') } as const;

/** A line for each finding, and one below it for what to do. */
export function formatFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length)) + 2;
  const count = findings.filter(({ state }) => state === 'wrong').length;
  return [
    ...findings.flatMap(({ name, state, says, todo }) => [
      `${MARK[state]} ${name.padEnd(width)}${printable(says, 400)}`,
      ...(todo === undefined ? [] : [`  ${' '.repeat(width)}${colors.dim('→')} ${todo}`]),
    ]),
    '',
    count === 0
      ? colors.green('nothing is wrong')
      : colors.red(`${count} ${count === 1 ? 'thing is' : 'things are'} wrong`),
  ].join('\n');
}
