import { countCoverage } from '@leakwatch/alerting/measure';
import { type CoverageState, type CreatorCoverage } from '@leakwatch/contracts';
import { formatMinute } from '@leakwatch/runtime';
import colors from 'picocolors';
import { formatShare, formatTable, printable } from './format.ts';
import { typedHere } from '../typed.ts';

const COLOUR: Record<CoverageState, (text: string) => string> = {
  fresh: colors.green,
  stale: colors.yellow,
  uncollectable: colors.red,
};

const WORST_FIRST: readonly CoverageState[] = ['uncollectable', 'stale', 'fresh'];

/** Equals keep their order. */
export function worstFirst(coverage: readonly CreatorCoverage[]): CreatorCoverage[] {
  return coverage.toSorted((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
}

export function formatCoverage(coverage: readonly CreatorCoverage[]): string {
  return formatTable(
    ['creator', 'tier', 'state', 'last heard', 'why'],
    coverage.map(({ creatorId, tier, state, lastHeardAt, why }) => [
      printable(creatorId, 32),
      String(tier),
      COLOUR[state](state),
      lastHeardAt === null ? 'never' : formatMinute(lastHeardAt),
      printable(why, 60),
    ]),
  );
}

export function describeCoverage(coverage: readonly CreatorCoverage[]): string {
  if (coverage.length === 0) return `no creator is registered: ${typedHere('watchlist import FILE')}`;
  const { registered, fresh, stale, uncollectable } = countCoverage(coverage);
  const share = formatShare(fresh / registered);
  return (
    `\n${fresh} of ${registered} registered creators are fresh (${share}), ` +
    `${stale} stale, ${uncollectable} uncollectable`
  );
}
