import { userInfo } from 'node:os';
import { InvalidArgumentError, Option, type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, instant, wholeNumber } from './options.ts';

export function addNumbers(program: Command): void {
  program
    .command('report')
    .description('show how good the detection is, and what of it is proven')
    .addOption(dataDirOption())
    .option('--since <instant>', 'count from then on, like 2026-11-01 or 2026-11-01T09:00:00Z', instant)
    .option('--until <instant>', 'count what came before', instant)
    .option('--campaign <id>', 'count one campaign only')
    .option('--json', 'as JSON', false)
    .action(async (options) => {
      const { showReport } = await import('../commands/report.ts');
      await showReport(options, terminalScreen());
    });

  program
    .command('coverage')
    .description('show which registered creators are heard from')
    .addOption(dataDirOption())
    .option('--stale', 'only those who are not', false)
    .option('--json', 'a JSON line each', false)
    .action(async (options) => {
      const { showCoverage } = await import('../commands/coverage.ts');
      await showCoverage(options, terminalScreen());
    });

  addReview(program);
}

function addReview(program: Command): void {
  const review = program
    .command('review')
    .description('look at posts that were drawn by chance: recall is estimated from it');

  review
    .command('list')
    .description('show what was drawn')
    .addOption(dataDirOption())
    .addOption(
      new Option('--state <state>', 'missed: leaks that no alert has')
        .choices(['pending', 'reviewed', 'missed'] as const)
        .default('pending' as const),
    )
    .option('--limit <n>', 'how many at most', wholeNumber(1, 100_000), 50)
    .option('--json', 'a JSON line each', false)
    .action(async (options) => {
      const { listSamples } = await import('../commands/review.ts');
      await listSamples(options, terminalScreen());
    });

  review
    .command('next')
    .description('show the next post to be reviewed; for half an hour it is yours')
    .addOption(dataDirOption())
    .option('--by <name>', 'who reviews', userInfo().username)
    .option('--json', 'as JSON', false)
    .action(async (options) => {
      const { showNextSample } = await import('../commands/review.ts');
      await showNextSample(options, terminalScreen());
    });

  review
    .command('decide')
    .description('say what a drawn post was')
    .argument('<id>', "the sample's id, or the first 6 or more of its digits")
    .addOption(
      new Option('--verdict <verdict>', 'what it was')
        .choices(['leak', 'innocent'] as const)
        .makeOptionMandatory(),
    )
    .option('--campaign <id>', 'what it is a leak of')
    .option('--minutes <n>', 'what it took; without it, since it was shown', minutes)
    .option('--by <name>', 'who says so', userInfo().username)
    .addOption(dataDirOption())
    .action(async (id, options) => {
      const { decideOnSample } = await import('../commands/review.ts');
      await decideOnSample(id, options, terminalScreen());
    });
}

function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1440)) {
    throw new InvalidArgumentError('must be a number from 0 to 1440.');
  }
  return value;
}
