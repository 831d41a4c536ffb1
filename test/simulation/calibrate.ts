/**
 * Counts how often the report's intervals hold the truth, for any number of seeds:
 *
 *   npx tsx test/simulation/calibrate.ts [RUNS [FIRST_SEED [UNIFORM_SHARE]]]
 */
import { covers, intervalOf, runSeasons, UNIFORM_SHARE } from './run-seasons.ts';

const [runs = 100, firstSeed = 1, uniformShare = UNIFORM_SHARE] = process.argv.slice(2).map(Number);

const sums = { precision: { covered: 0, width: 0 }, recall: { covered: 0, width: 0 } };
for (const season of runSeasons(firstSeed, runs, uniformShare)) {
  for (const what of ['precision', 'recall'] as const) {
    const { low, high } = intervalOf(season.report, what) ?? { low: 0, high: 1 };
    sums[what].width += high - low;
    if (covers(season, what)) sums[what].covered += 1;
  }
}
for (const [what, { covered, width }] of Object.entries(sums)) {
  process.stdout.write(
    `${what}: ${covered} of ${runs} covered, intervals ${(width / runs).toFixed(3)} wide\n`,
  );
}
