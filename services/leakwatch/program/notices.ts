import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, wholeNumber } from './options.ts';

export function addNotices(program: Command): void {
  const notices = program.command('notices').description('who was told what, and what did not arrive');
  notices
    .command('list', { isDefault: true })
    .description('show what each channel was told, the newest first')
    .addOption(dataDirOption())
    .option('--alert <id>', 'of one alert, and the digests that it is in')
    .option('--failed', 'only what was tried and has not arrived', false)
    .option('--limit <n>', 'how many at most', wholeNumber(1, 100_000), 50)
    .option('--json', 'a JSON line each', false)
    .action(async (options) => {
      const { showNotices } = await import('../commands/notices.ts');
      await showNotices(options, terminalScreen());
    });
  notices
    .command('retry')
    .description('try again now what has failed or was given up')
    .addOption(dataDirOption())
    .option('--alert <id>', 'of one alert')
    .action(async (options) => {
      const { retryNow } = await import('../commands/notices.ts');
      await retryNow(options, terminalScreen());
    });
}
