import { type Command } from '@commander-js/extra-typings';
import { VERSION } from '../build-info.ts';
import { terminalScreen } from '../screen/screen.ts';

export function addMan(program: Command): void {
  program
    .command('man')
    .description('print the manual page, made from the program itself')
    .action(async () => {
      const { manPage } = await import('../manual/man-page.ts');
      terminalScreen().result(manPage(program, VERSION));
    });
}
