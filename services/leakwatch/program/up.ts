import { type Command, Option } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, wholeNumber } from './options.ts';

export function addUp(program: Command): void {
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
      const { up } = await import('../commands/up.ts');
      await up(options, terminalScreen());
    });
}
