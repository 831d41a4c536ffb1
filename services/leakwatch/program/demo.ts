import path from 'node:path';
import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, wholeNumber } from './options.ts';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('run some hundred recorded posts through everything and show what came of it')
    .addOption(dataDirOption())
    .option('--rate <n>', 'posts a second', wholeNumber(1, 10_000), 50)
    .action(async (options) => {
      const { demo } = await import('../commands/demo.ts');
      // The demo begins afresh each time: in a folder of its own, as what lies in the data folder is somebody's.
      await demo({ ...options, dataDir: path.join(options.dataDir, 'demo') }, terminalScreen());
    });
}
