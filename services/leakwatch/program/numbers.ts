import { userInfo } from 'node:os';
import { InvalidArgumentError, Option, type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, instant, jsonOption, wholeNumber } from './options.ts';

export function addNumbers(program: Command): void {
  program
    .command('report')
    .description('show how good the detection is, and how much of that is proven')
    .addOption(dataDirOption())
    .option('--since <instant>', 'count from this time, like 2026-11-01 or 2026-11-01T09:00:00Z', instant)
    .option('--until <instant>', 'count until this time', instant)
    .option('--campaign <id>', 'count only this campaign')
    .option('--json', 'as JSON', false)
    .action(async (options) => {
      const { showReport } = await import('../commands/report.ts');
      await showReport(options, terminalScreen());
    });

  program
    .command('coverage')
    .description('show which registered creators leakwatch hears')
    .addOption(dataDirOption())
    .option('--stale', 'only those it does not hear', false)
    .option('--json', 'one JSON line each', false)
    .action(async (options) => {
      const { showCoverage } = await import('../commands/coverage.ts');
      await showCoverage(options, terminalScreen());
    });

  addReview(program);
}

function addReview(program: Command): void {
  const review = program
    .command('review')
    .description('review posts drawn at random: recall is estimated from the verdicts');

  review
    .command('list')
    .description('list the drawn posts')
    .addOption(dataDirOption())
    .addOption(
      new Option('--state <state>', 'missed: leaks that no alert has')
        .choices(['pending', 'reviewed', 'missed'] as const)
        .default('pending' as const),
    )
    .option('--limit <n>', 'at most this many', wholeNumber(1, 100_000), 50)
    .option('--json', 'one JSON line each', false)
    .action(async (options) => {
      const { listSamples } = await import('../commands/review.ts');
      await listSamples(options, terminalScreen());
    });

  review
    .command('next')
    .description('show the next post to review, and reserve it for half an hour')
    .addOption(dataDirOption())
    .option('--by <name>', 'your name', userInfo().username)
    .option('--json', 'as JSON', false)
    .action(async (options) => {
      const { showNextSample } = await import('../commands/review.ts');
      await showNextSample(options, terminalScreen());
    });

  review
    .command('decide')
    .description('record the verdict on a drawn post')
    .argument('<id>', "the sample's id, or the first 6 or more of its digits")
    .addOption(
      new Option('--verdict <verdict>', 'the verdict')
        .choices(['leak', 'innocent'] as const)
        .makeOptionMandatory(),
    )
    .option('--campaign <id>', 'the campaign that it leaks')
    .option('--minutes <n>', 'minutes spent (default: since it was shown)', minutes)
    .option('--by <name>', 'your name', userInfo().username)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id, options) => {
      const { decideOnSample } = await import('../commands/review.ts');
      await decideOnSample(id, options, terminalScreen(options));
    });
}

function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1440)) {
    throw new InvalidArgumentError('must be a number from 0 to 1440.');
  }
  return value;
}
