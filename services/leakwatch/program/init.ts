import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';

export function addInit(program: Command): void {
  program
    .command('init')
    .description(
      'ask what to watch and whom to tell; write list.yaml and leakwatch.yaml, and try the channels',
    )
    .option('--to <dir>', 'the folder for them', '.')
    .action(async (options) => {
      const { init } = await import('../commands/init.ts');
      await init(options, terminalScreen());
    });
}
