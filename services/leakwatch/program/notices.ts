import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, jsonOption, wholeNumber } from './options.ts';

export function addNotices(program: Command): void {
  const notices = program.command('notices').description('notices: sent, failed, pending');
  notices
    .command('list', { isDefault: true })
    .description('show the notices of each channel, the newest first')
    .addOption(dataDirOption())
    .option('--alert <id>', "one alert's notices, and the digests that list it")
    .option('--failed', 'only notices that were tried and have not arrived', false)
    .option('--limit <n>', 'at most this many', wholeNumber(1, 100_000), 50)
    .option('--json', 'one JSON line each', false)
    .action(async (options) => {
      const { showNotices } = await import('../commands/notices.ts');
      await showNotices(options, terminalScreen());
    });
  notices
    .command('retry')
    .description('try failed and given up notices again now')
    .addOption(dataDirOption())
    .option('--alert <id>', "only one alert's notices")
    .addOption(jsonOption())
    .action(async (options) => {
      const { retryNow } = await import('../commands/notices.ts');
      await retryNow(options, terminalScreen(options));
    });
  notices
    .command('test')
    .description('send a notice through a channel, marked as a test')
    .argument('<channel>', 'webhook, slack, pagerduty, email or alertmanager')
    .addOption(jsonOption())
    .action(async (channel, options) => {
      const { testChannel } = await import('../commands/notices-test.ts');
      await testChannel(channel, terminalScreen(options));
    });
}
