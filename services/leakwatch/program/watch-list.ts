import { type Command, Option } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption, jsonOption, wholeNumber } from './options.ts';

export function addWatchList(program: Command): void {
  const watchlist = program
    .command('watchlist')
    .description('the watch list: campaigns, terms, assets, creators');
  watchlist
    .command('validate')
    .description(
      'check a watch list (YAML or JSON) without storing it, and try how well its pictures are found',
    )
    .argument('<file>')
    .option(
      '--try-for <seconds>',
      'leak new pictures in many ways and look for them, for at most so long; 0 for not at all',
      wholeNumber(0, 86_400),
      60,
    )
    .addOption(jsonOption())
    .action(async (file: string, options) => {
      const { validateWatchList } = await import('../commands/watchlist.ts');
      await validateWatchList(file, options, terminalScreen(options));
    });
  watchlist
    .command('import')
    .description('make a watch list the current one; running matchers follow within a second')
    .argument('<file>')
    .addOption(dataDirOption())
    .addOption(byOption())
    .addOption(jsonOption())
    .action(async (file: string, options) => {
      const { importWatchListFile } = await import('../commands/watchlist.ts');
      await importWatchListFile(file, options, terminalScreen(options));
    });
  addReading(watchlist);
  watchlist
    .command('rollback')
    .description('make an earlier version the current one again, as a new version')
    .argument('<version>', 'its number', wholeNumber(1, MOST_VERSIONS))
    .addOption(dataDirOption())
    .addOption(byOption())
    .option('--dry-run', 'show what would change, and change nothing', false)
    .addOption(jsonOption())
    .action(async (version: number, options) => {
      const { rollBack } = await import('../commands/watch-list-versions.ts');
      await rollBack(version, options, terminalScreen(options));
    });
}

const MOST_VERSIONS = 999_999_999;

function versionOption() {
  return new Option('--of <version>', 'this version in place of the newest').argParser(
    wholeNumber(1, MOST_VERSIONS),
  );
}

function addReading(watchlist: Command): void {
  watchlist
    .command('list', { isDefault: true })
    .description('show the campaigns, by numbers')
    .addOption(dataDirOption())
    .addOption(versionOption())
    .option('--json', 'one JSON line each, with everything', false)
    .action(async (options) => {
      const { listCampaigns } = await import('../commands/watch-list-show.ts');
      await listCampaigns(options, terminalScreen());
    });
  watchlist
    .command('show')
    .description('show a campaign with its terms, assets and creators')
    .argument('<campaign>', 'its id')
    .addOption(dataDirOption())
    .addOption(versionOption())
    .option('--json', 'as JSON, a line', false)
    .action(async (campaign: string, options) => {
      const { showCampaign } = await import('../commands/watch-list-show.ts');
      await showCampaign(campaign, options, terminalScreen());
    });
  watchlist
    .command('history')
    .description('show the versions, the newest first')
    .addOption(dataDirOption())
    .option('--limit <n>', 'at most this many', wholeNumber(1, 100_000), 50)
    .option('--json', 'one JSON line each', false)
    .action(async (options) => {
      const { showHistory } = await import('../commands/watch-list-versions.ts');
      await showHistory(options, terminalScreen());
    });
  watchlist
    .command('diff')
    .description('show what differs between two versions, or between a version and a file')
    .argument(
      '[from]',
      'a version, or a file to compare with the newest (default: the one before the newest)',
    )
    .argument('[to]', 'a version or a file (default: the newest)')
    .addOption(dataDirOption())
    .option('--json', 'one JSON line each', false)
    .action(async (from, to, options) => {
      const { showDiff } = await import('../commands/watch-list-versions.ts');
      await showDiff(from, to, options, terminalScreen());
    });
  watchlist
    .command('export')
    .description('write a version as a list that can be imported again')
    .addOption(dataDirOption())
    .addOption(versionOption())
    .option(
      '--to <dir>',
      'a new folder for the list and its pictures (default: standard output, without pictures)',
    )
    .option('--json', 'the list as JSON, a line; with --to what was written', false)
    .action(async (options) => {
      const { exportWatchList } = await import('../commands/watch-list-export.ts');
      await exportWatchList(options, terminalScreen(options));
    });
}
