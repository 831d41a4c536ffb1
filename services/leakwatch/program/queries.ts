import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption } from './options.ts';
import { typed } from '../typed.ts';

export function addQueries(program: Command): void {
  program
    .command('queries')
    .description('boolean queries: terms of the kind `query`')
    .command('explain')
    .description('say in words what a query asks, and try it on a text')
    .argument('[query]', 'the query itself')
    .option('--file <file>', 'a file that holds the query, or - for standard input')
    .option('--term <term>', 'a query of the watch list: CAMPAIGN/TERM, or TERM if no other campaign has it')
    .option('--watchlist <file>', 'the watch list that has it, YAML or JSON (default: the one in force)')
    .option('--lang <code>', "the query's language, as `lang` of a term")
    .option('--text <text>', 'a text to try it on, or - for standard input')
    .option('--post <file>', 'a post to try it on: JSON as `scan` takes it, or - for standard input')
    .option('--json', 'all of it as JSON', false)
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      `
  ${typed("queries explain 'velora AND (mist OR serum) NOT review' --text 'the Velora mist is here'")}

Exit codes: 0 explained, and it takes the text; 1 it does not take the text; 2 the query can't be read or met, or a mistake
in the call.`,
    )
    .action(async (query: string | undefined, options) => {
      const { explain } = await import('../commands/queries-explain.ts');
      process.exitCode = await explain(query, options, terminalScreen());
    });
}
