import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption } from './options.ts';

export function addWatchList(program: Command): void {
  const watchlist = program
    .command('watchlist')
    .description('the watch list: campaigns, terms, assets, creators');
  watchlist
    .command('validate')
    .description('check a watch list (YAML or JSON) without storing it')
    .argument('<file>')
    .action(async (file: string) => {
      const { validateWatchList } = await import('../commands/watchlist.ts');
      await validateWatchList(file, terminalScreen());
    });
  watchlist
    .command('import')
    .description('make a watch list the current one; running matchers follow within a second')
    .argument('<file>')
    .addOption(dataDirOption())
    .addOption(byOption())
    .action(async (file: string, options) => {
      const { importWatchListFile } = await import('../commands/watchlist.ts');
      await importWatchListFile(file, options, terminalScreen());
    });
}
