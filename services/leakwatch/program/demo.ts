import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, wholeNumber } from './options.ts';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('run some hundred recorded posts through everything and show what came of it')
    .addOption(dataDirOption('.data/demo'))
    .option('--rate <n>', 'posts a second', wholeNumber(1, 10_000), 50)
    .action(async (options) => {
      const { demo } = await import('../commands/demo.ts');
      await demo(options, terminalScreen());
    });
}
