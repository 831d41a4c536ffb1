import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, jsonOption } from './options.ts';

export function addSources(program: Command): void {
  const sources = program.command('sources').description('accounts that leakwatch polls by itself');
  sources
    .command('list', { isDefault: true })
    .description('show each polled account and how its polls go, failing ones first')
    .addOption(dataDirOption())
    .option('--json', 'one JSON line each', false)
    .action(async (options) => {
      const { listSources } = await import('../commands/sources.ts');
      await listSources(options, terminalScreen());
    });
  sources
    .command('check')
    .description('poll one account and show its newest post; keeps nothing')
    .argument(
      '<account>',
      'address of a feed or blog, ana@social.example on Mastodon, ana.example on Bluesky',
    )
    .option('--platform <name>', 'feed, mastodon or bluesky, if the account does not say it')
    .option('--instance <host>', 'the instance of an account on Mastodon')
    .addOption(jsonOption())
    .action(async (account, options) => {
      const { checkSource } = await import('../commands/sources.ts');
      await checkSource(account, options, terminalScreen(options));
    });
}
