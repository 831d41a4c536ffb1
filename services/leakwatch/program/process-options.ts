import { type Command, Option } from '@commander-js/extra-typings';
import { dataDirOption, wholeNumber } from './options.ts';

/** Adds a command that runs until a signal, with the options common to all of these. */
export function addProcess(parent: Command, name: string, description: string) {
  return parent
    .command(name)
    .description(description)
    .addOption(dataDirOption())
    .option('--host <address>', 'address to listen on (default: LEAKWATCH_HOST, 127.0.0.1)')
    .option(
      '--ops-port <n>',
      'port of /metrics, /healthz and /readyz, 0 for any free one (default: LEAKWATCH_OPS_PORT, 9464)',
      wholeNumber(0, 65_535),
    )
    .addOption(
      new Option('--log-level <level>', 'JSON logs on standard error').choices([
        'debug',
        'info',
        'warn',
        'error',
        'silent',
      ] as const),
    );
}

/** Adds one that takes posts in. */
export function addIngestProcess(parent: Command, name: string, description: string) {
  return addProcess(parent, name, description)
    .addOption(
      new Option('--source <source>', 'source of posts beside the webhook')
        .choices(['none', 'mock', 'jsonl'] as const)
        .default('none' as const),
    )
    .option('--watchlist <file>', 'import this watch list first')
    .option('--posts <file>', 'for --source jsonl: JSON Lines, or - for standard input')
    .option('--media <dir>', "folder with the posts' pictures (default: the posts' folder)")
    .option('--rate <n>', 'for --source mock: posts a second (default: 20)', wholeNumber(1, 10_000))
    .option(
      '--seed <n>',
      'for --source mock: the same seed gives the same posts (default: 1)',
      wholeNumber(0, 2 ** 31 - 1),
    )
    .option('--count <n>', 'for --source mock: end after this many posts', wholeNumber(1, 1_000_000_000))
    .option(
      '--webhook-port <n>',
      'port of POST /v1/posts, 0 for any free one (default: LEAKWATCH_WEBHOOK_PORT, 8080)',
      wholeNumber(0, 65_535),
    );
}
