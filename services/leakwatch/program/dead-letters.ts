import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption } from './options.ts';

export function addDeadLetters(program: Command): void {
  const deadLetters = program.command('dead-letters').description('what could not be processed');
  deadLetters
    .command('list')
    .description('show them, oldest first')
    .addOption(dataDirOption())
    .option('--all', 'also those that have been replayed', false)
    .option('--json', 'a JSON line each', false)
    .action(async (options) => {
      const { listLetters } = await import('../commands/dead-letters.ts');
      await listLetters(options, terminalScreen());
    });
  deadLetters
    .command('replay')
    .description('process them again')
    .argument('[ids...]', "letters' ids, or the first 6 or more of their digits")
    .option('--all', 'every one that is open', false)
    .option('--media <dir>', 'folder of the pictures that refused posts name')
    .addOption(dataDirOption())
    .action(async (ids: string[], options) => {
      const { replayLetters } = await import('../commands/dead-letters.ts');
      await replayLetters(ids, options, terminalScreen());
    });
}
