/**
 * The command line: what there is, what it takes, and which file does it. Each command's code is loaded only when it is
 * called, so that `scan` does not wait for a database client.
 */
import { userInfo } from 'node:os';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { terminalScreen } from './screen/screen.ts';

const VERSION = '0.1.0';

export function createProgram(): Command {
  const program = new Command('leakwatch')
    .description("Finds leaks of embargoed campaigns in creators' public posts.")
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText(
      'after',
      `
Try it:
  leakwatch demo                                                    the whole way of some recorded posts
  leakwatch scan --watchlist list.yaml --posts posts.jsonl          a file of posts, without a server
  leakwatch up --source mock                                        every service, with invented posts

Database: the Postgres of DATABASE_URL where that is set, else an embedded one in the data folder.
Exit codes: 0 done, 1 a leak with --fail-on-leak, 2 a mistake in the call or the watch list, 70 leakwatch failed.`,
    );
  addRunning(program);
  addWatchList(program);
  addTriage(program);
  addScan(program);
  return program;
}

function addRunning(program: Command): void {
  program
    .command('up')
    .description('run every service in one process, until Ctrl-C')
    .addOption(dataDirOption())
    .addOption(
      new Option('--source <source>', 'where posts come from, beside the webhook')
        .choices(['none', 'mock', 'jsonl'] as const)
        .default('none' as const),
    )
    .option('--watchlist <file>', 'import this watch list first')
    .option('--posts <file>', 'for --source jsonl: JSON Lines, or - for standard input')
    .option('--media <dir>', 'folder of the pictures that posts name (default: that of the posts)')
    .option('--rate <n>', 'for --source mock: posts a second', wholeNumber(1, 10_000), 20)
    .option('--seed <n>', 'for --source mock: the same seed, the same posts', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--count <n>', 'for --source mock: end after so many posts', wholeNumber(1, 1_000_000_000))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--ops-port <n>',
      'port of /metrics, /healthz and /readyz (0: any free one)',
      wholeNumber(0, 65_535),
      9464,
    )
    .option('--webhook-port <n>', 'port of POST /v1/posts (0: any free one)', wholeNumber(0, 65_535), 8080)
    .option('--details', 'show on this terminal what matched; without it alerts are only named', false)
    .addOption(
      new Option('--log-level <level>', 'JSON logs on standard error')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('warn'),
    )
    .addHelpText(
      'after',
      `
The webhook takes batches signed by the Standard Webhooks spec; its secrets are in LEAKWATCH_WEBHOOK_SECRETS.
Alerts are sent on to LEAKWATCH_ALERT_WEBHOOK_URL where that is set.`,
    )
    .action(async (options) => {
      const { up } = await import('./commands/up.ts');
      await up(options, terminalScreen());
    });

  program
    .command('demo')
    .description('run some hundred recorded posts through everything and show what came of it')
    .addOption(dataDirOption('.data/demo'))
    .option('--rate <n>', 'posts a second', wholeNumber(1, 10_000), 50)
    .action(async (options) => {
      const { demo } = await import('./commands/demo.ts');
      await demo(options, terminalScreen());
    });
}

function addWatchList(program: Command): void {
  const watchlist = program
    .command('watchlist')
    .description('what is watched: campaigns, terms, assets, creators');
  watchlist
    .command('validate')
    .description('check a watch list (YAML or JSON) without storing it')
    .argument('<file>')
    .action(async (file: string) => {
      const { validateWatchList } = await import('./commands/watchlist.ts');
      await validateWatchList(file, terminalScreen());
    });
  watchlist
    .command('import')
    .description('make a watch list the current one; running matchers take it over within a second')
    .argument('<file>')
    .addOption(dataDirOption())
    .action(async (file: string, options) => {
      const { importWatchListFile } = await import('./commands/watchlist.ts');
      await importWatchListFile(file, options, terminalScreen());
    });
}

function addTriage(program: Command): void {
  program
    .command('alerts')
    .description('show alerts, newest first')
    .addOption(dataDirOption())
    .addOption(new Option('--state <state>').choices(['open', 'resolved'] as const))
    .addOption(new Option('--severity <severity>').choices(['low', 'medium', 'high', 'critical'] as const))
    .option('--campaign <id>')
    .option('--limit <n>', 'how many at most', wholeNumber(1, 100_000), 50)
    .option('--json', 'a JSON line each', false)
    .action(async (options) => {
      const { showAlerts } = await import('./commands/alerts.ts');
      await showAlerts(options, terminalScreen());
    });

  program
    .command('verdict')
    .description('say what an alert was; precision is counted from it')
    .argument('<id>', "the alert's id, or the first 6 or more of its digits")
    .argument('<verdict>', 'confirmed, false-positive or approved')
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who says so', userInfo().username)
    .addOption(dataDirOption())
    .action(async (id: string, verdict: string, options) => {
      const { recordVerdict } = await import('./commands/verdict.ts');
      await recordVerdict(id, verdict, options, terminalScreen());
    });

  const deadLetters = program.command('dead-letters').description('what could not be processed');
  deadLetters
    .command('list')
    .description('show them, oldest first')
    .addOption(dataDirOption())
    .option('--all', 'also those that have been replayed', false)
    .option('--json', 'a JSON line each', false)
    .action(async (options) => {
      const { listLetters } = await import('./commands/dead-letters.ts');
      await listLetters(options, terminalScreen());
    });
  deadLetters
    .command('replay')
    .description('process them again')
    .argument('[ids...]', "letters' ids, or the first 6 or more of their digits")
    .option('--all', 'every one that is open', false)
    .option('--media <dir>', 'folder of the pictures that refused posts name')
    .addOption(dataDirOption())
    .action(async (ids: string[], options) => {
      const { replayLetters } = await import('./commands/dead-letters.ts');
      await replayLetters(ids, options, terminalScreen());
    });
}

function addScan(program: Command): void {
  program
    .command('scan')
    .description('check a file of posts: no server, no database, a JSON line a detection')
    .requiredOption('--watchlist <file>', 'YAML or JSON')
    .requiredOption('--posts <file>', 'JSON Lines, or - for standard input')
    .option('--media <dir>', 'folder of the pictures that posts name (default: that of the posts)')
    .option('--fetch', 'fetch pictures that posts name by address (public hosts only)', false)
    .option('--failures <file>', 'write the lines there that could not be scanned whole')
    .option('--fail-on-leak', 'exit with 1 if anything was found', false)
    .addHelpText(
      'after',
      `
A post needs an id and a text or media:   {"id": "1", "text": "…", "media": [{"file": "a.jpg"}]}
A detection: {postId, campaignId, itemId, kind, confidence, span, matched, how, distance}
Spans count UTF-16 units of the text. The summary and what failed are on standard error.`,
    )
    .action(async (options) => {
      const { scan } = await import('./commands/scan.ts');
      process.exitCode = await scan(options, terminalScreen());
    });
}

function dataDirOption(fallback = '.data') {
  return new Option('--data-dir <dir>', 'where the embedded database lives')
    .env('LEAKWATCH_DATA_DIR')
    .default(fallback);
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}
