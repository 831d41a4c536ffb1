import path from 'node:path';
import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, wholeNumber } from './options.ts';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('run some hundred recorded posts through everything and show the results')
    .addOption(dataDirOption())
    .option('--rate <n>', 'posts a second', wholeNumber(1, 10_000), 50)
    .option('--serve', 'stay, with the console on the results, until Ctrl-C', false)
    .action(async (options) => {
      const { demo } = await import('../commands/demo.ts');
      // A folder of its own: each demo deletes its data and must not touch a real data folder.
      await demo({ ...options, dataDir: path.join(options.dataDir, 'demo') }, terminalScreen());
    });
}
