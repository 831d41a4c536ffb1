import { userInfo } from 'node:os';
import { InvalidArgumentError, Option, type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, jsonOption, wholeNumber } from './options.ts';
import { typed } from '../typed.ts';

/** Re-scans: stored posts against the current watch list. */
export function addRescan(program: Command): void {
  const rescan = program
    .command('rescan')
    .description('scan stored posts again')
    .addHelpText(
      'after',
      `
leakwatch looks for every new or changed term or asset in all of history by itself. Use this command for more.
\`${typed('up')}\` or \`${typed('run rescan')}\` does the work, and gives way to live posts.`,
    );
  addStart(rescan);
  addLooks(rescan);
  addChange(rescan, 'pause', 'pause a re-scan; those that share its pass pause, too');
  addChange(rescan, 'resume', 'resume it at its place');
  addChange(rescan, 'cancel', 'cancel it; its findings stay');
}

function addStart(rescan: Command): void {
  rescan
    .command('start')
    .description('request a re-scan; without filters, of everything')
    .addOption(dataDirOption())
    .option('--since <instant>', 'posts published from this time on, like 2026-11-01 or 2026-11-01T09:00:00Z')
    .option('--until <instant>', 'posts published before this time')
    .option('--campaign <id...>', 'terms and assets of these campaigns')
    .option('--item <item...>', 'only these: CAMPAIGN/term/ID or CAMPAIGN/asset/ID')
    .option('--creator <id...>', 'posts of these creators')
    .option('--platform <name...>', 'posts on these platforms')
    .addOption(
      new Option('--lane <lane...>', 'only texts, or only images').choices(['text', 'image'] as const),
    )
    .option('--min-confidence <share>', 'leave out findings below this confidence, 0 to 1', share)
    .option(
      '--since-version <engine>',
      'posts scanned by engines before this one (text/3, image/2), and the differences',
    )
    .option('--dry-run', 'keep findings in the report, and raise no alert', false)
    .option('--estimate', 'print the estimate, and start nothing', false)
    .option('--wait', 'show its progress until it has ended', false)
    .option('--by <name>', 'your name', userInfo().username)
    .addOption(jsonOption())
    .action(async (options) => {
      const { startRescan } = await import('../commands/rescan-start.ts');
      await startRescan(options, terminalScreen(options));
    });
}

function addLooks(rescan: Command): void {
  rescan
    .command('list')
    .description('show re-scans, newest first')
    .addOption(dataDirOption())
    .option('--limit <n>', 'at most this many', wholeNumber(1, 100_000), 20)
    .option('--json', 'one JSON line each', false)
    .action(async (options) => {
      const { listRescans } = await import('../commands/rescan-show.ts');
      await listRescans(options, terminalScreen());
    });
  rescan
    .command('show')
    .description('show the progress and findings of one')
    .argument('<id>')
    .addOption(dataDirOption())
    .option('--findings <n>', 'at most this many findings', wholeNumber(0, 100_000), 20)
    .option('--json', 'as JSON', false)
    .option('--wait', 'show its progress until it has ended', false)
    .action(async (id: string, options) => {
      const { showRescan } = await import('../commands/rescan-show.ts');
      await showRescan(id, options, terminalScreen());
    });
}

function addChange(rescan: Command, change: 'pause' | 'resume' | 'cancel', description: string): void {
  rescan
    .command(change)
    .description(description)
    .argument('<id>')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options) => {
      const { changeRescan } = await import('../commands/rescan-change.ts');
      await changeRescan(id, change, options, terminalScreen(options));
    });
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('must be a number from 0 to 1.');
  }
  return value;
}
