import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';

export function addScan(program: Command): void {
  program
    .command('scan')
    .description('check a file of posts without server or database: one JSON line per detection')
    .requiredOption('--watchlist <file>', 'YAML or JSON')
    .requiredOption('--posts <file>', 'JSON Lines, or - for standard input')
    .option('--media <dir>', "folder with the posts' pictures (default: the posts' folder)")
    .option('--fetch', 'download pictures that posts name by address (public hosts only)', false)
    .option('--failures <file>', 'write lines that could not be scanned completely to this file')
    .option('--fail-on-leak', 'exit with 1 if anything was found that raises an alert', false)
    .option('--allow-unscanned', 'exit with 0 although something could not be scanned', false)
    .addHelpText(
      'after',
      `
A post needs an id and a text or media:   {"id": "1", "text": "…", "media": [{"file": "a.jpg"}]}
A detection: {postId, campaignId, itemId, kind, confidence, span, matched, how, distance}, with grade for a picture, and
raisesAlert: false if the asset's alertOn does not name that grade.
Exit code 3: there was no post, or something could not be scanned (its line and reason are on standard error).
Spans count UTF-16 units of the text. Summary and failures go to standard error.`,
    )
    .action(async (options) => {
      const { scan } = await import('../commands/scan.ts');
      process.exitCode = await scan(options, terminalScreen());
    });
}
