import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { jsonOption, wholeNumber } from './options.ts';

export function addCreators(program: Command): void {
  const creators = program.command('creators').description('the creators of a watch list');
  creators
    .command('import')
    .description(
      'add the creators of a table (CSV) to a watch list’s file: all of them, or with a mistake none',
    )
    .argument('<file>', 'a table as GRIN, CreatorIQ, Upfluence, Aspire or a spreadsheet exports it')
    .option('--to <list>', 'the watch list’s file (default: the creators are printed as YAML)')
    .option('--map <head=field...>', 'the fields of columns, over those guessed; `-` leaves a column out')
    .option('--platform <name>', 'the platform of accounts that name none')
    .option('--encoding <name>', 'the encoding of the table, if it is neither UTF-8 nor UTF-16')
    .option('--dry-run', 'show what would change, and write nothing', false)
    .option(
      '--check-for <seconds>',
      'poll each new account once where that is possible, for at most so long; 0 for not at all',
      wholeNumber(0, 86_400),
      60,
    )
    .addOption(jsonOption())
    .action(async (file, options) => {
      const { importCreators } = await import('../commands/creators-import.ts');
      await importCreators(file, options, terminalScreen(options));
    });
}
