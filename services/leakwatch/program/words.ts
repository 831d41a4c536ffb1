import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { jsonOption, wholeNumber } from './options.ts';

export function addWords(program: Command): void {
  program
    .command('words')
    .description('ordinary words that are not typos of a term')
    .command('learn')
    .description('propose `ordinaryWords` for a watch list, from posts in which none of its terms is found')
    .argument('<posts...>', 'JSON Lines, or - for standard input')
    .requiredOption('--watchlist <file>', 'YAML or JSON')
    .option('--least-posts <number>', 'least posts that contain a word', wholeNumber(1, 1_000_000), 5)
    .option('--least-authors <number>', 'least authors who use it', wholeNumber(1, 1000), 5)
    .addOption(jsonOption())
    .action(async (posts, options) => {
      const { learnWords } = await import('../commands/words-learn.ts');
      await learnWords({ ...options, posts }, terminalScreen(options));
    });
}
