import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, jsonOption } from './options.ts';

const ACCOUNT = 'address of a profile, feed or blog, ana@social.example on Mastodon, ana.example on Bluesky';
const PLATFORM = 'feed, mastodon or bluesky, if the account does not say it';

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
    .argument('<account>', ACCOUNT)
    .option('--platform <name>', PLATFORM)
    .option('--instance <host>', 'the instance of an account on Mastodon')
    .addOption(jsonOption())
    .action(async (account, options) => {
      const { checkSource } = await import('../commands/sources.ts');
      await checkSource(account, options, terminalScreen(options));
    });
  sources
    .command('add')
    .description('poll an account once, and add it to a watch list’s file')
    .argument('<account>', ACCOUNT)
    .option('--to <list>', 'the watch list’s file (default: the account is printed as YAML)')
    .option('--creator <id>', 'whose account it is; an id that the list lacks is a new creator')
    .option('--name <name>', 'the name of a new creator')
    .option('--platform <name>', PLATFORM)
    .option('--instance <host>', 'the instance of an account on Mastodon')
    .option('--no-check', 'add it without polling it')
    .option('--dry-run', 'show what would change, and write nothing', false)
    .addOption(jsonOption())
    .action(async (account, options) => {
      const { addSource } = await import('../commands/sources-add.ts');
      await addSource(account, options, terminalScreen(options));
    });
}
