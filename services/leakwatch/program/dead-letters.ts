import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, jsonOption } from './options.ts';

export function addDeadLetters(program: Command): void {
  const deadLetters = program.command('dead-letters').description('records that could not be processed');
  deadLetters
    .command('list')
    .description('show them, oldest first')
    .addOption(dataDirOption())
    .option('--all', 'include replayed ones', false)
    .option('--json', 'one JSON line each', false)
    .action(async (options) => {
      const { listLetters } = await import('../commands/dead-letters.ts');
      await listLetters(options, terminalScreen());
    });
  deadLetters
    .command('replay')
    .description('process them again')
    .argument('[ids...]', "letters' ids, or the first 6 or more of their digits")
    .option('--all', 'all open ones', false)
    .option('--media <dir>', 'folder with the pictures of refused posts')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (ids: string[], options) => {
      const { replayLetters } = await import('../commands/dead-letters.ts');
      await replayLetters(ids, options, terminalScreen(options));
    });
}
