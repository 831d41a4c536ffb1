import { userInfo } from 'node:os';
import { InvalidArgumentError, Option, type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, wholeNumber } from './options.ts';

/** Re-scans: history against the watch list as it is now. */
export function addRescan(program: Command): void {
  const rescan = program
    .command('rescan')
    .description('scan stored posts again')
    .addHelpText(
      'after',
      `
A new or changed term or asset is looked for in all of history by itself; this is for what you want beside it.
The work is done by \`leakwatch up\` or \`leakwatch run rescan\`, slower than live posts allow.`,
    );
  addStart(rescan);
  addLooks(rescan);
  addChange(rescan, 'pause', 'let a re-scan rest; those that share its pass rest with it');
  addChange(rescan, 'resume', 'let it go on where it was');
  addChange(rescan, 'cancel', 'end it; what it has found stays');
}

function addStart(rescan: Command): void {
  rescan
    .command('start')
    .description('ask for a re-scan; without any filter, of everything')
    .addOption(dataDirOption())
    .option('--since <instant>', 'posts published at or after it, like 2026-11-01 or 2026-11-01T09:00:00Z')
    .option('--until <instant>', 'posts published before it')
    .option('--campaign <id...>', 'terms and assets of these campaigns')
    .option('--item <item...>', 'just these: CAMPAIGN/term/ID or CAMPAIGN/asset/ID')
    .option('--creator <id...>', 'posts of these creators')
    .option('--platform <name...>', 'posts of these platforms')
    .addOption(
      new Option('--lane <lane...>', 'only texts, or only images').choices(['text', 'image'] as const),
    )
    .option('--min-confidence <share>', 'leave out what is less sure, 0 to 1', share)
    .option(
      '--since-version <engine>',
      'what engines before this one have scanned (text/3, image/2), and what changes',
    )
    .option('--dry-run', 'keep what is found in the report, and alert nobody', false)
    .option('--estimate', 'say how much it would be, and start nothing', false)
    .option('--wait', 'show how it goes until it has ended', false)
    .option('--by <name>', 'who asks', userInfo().username)
    .action(async (options) => {
      const { startRescan } = await import('../commands/rescan-start.ts');
      await startRescan(options, terminalScreen());
    });
}

function addLooks(rescan: Command): void {
  rescan
    .command('list')
    .description('show re-scans, newest first')
    .addOption(dataDirOption())
    .option('--limit <n>', 'how many at most', wholeNumber(1, 100_000), 20)
    .option('--json', 'a JSON line each', false)
    .action(async (options) => {
      const { listRescans } = await import('../commands/rescan-show.ts');
      await listRescans(options, terminalScreen());
    });
  rescan
    .command('show')
    .description('show one: how far it is, and what it has found')
    .argument('<id>')
    .addOption(dataDirOption())
    .option('--findings <n>', 'how many findings at most', wholeNumber(0, 100_000), 20)
    .option('--json', 'as JSON', false)
    .option('--wait', 'show how it goes until it has ended', false)
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
    .action(async (id: string, options) => {
      const { changeRescan } = await import('../commands/rescan-change.ts');
      await changeRescan(id, change, options, terminalScreen());
    });
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('must be a number from 0 to 1.');
  }
  return value;
}
