import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption } from './options.ts';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('show whether everything works: stages, canary, watch list, coverage, alerts, dead letters')
    .addOption(dataDirOption())
    .option('--json', 'as JSON, a line', false)
    .option('--forget', 'first forget processes that have gone silent and are to stay away', false)
    .option('--watch', 'repeat every two seconds, until Ctrl-C', false)
    .addHelpText(
      'after',
      `
It reads the database and the log, so it sees every process that shares them, on any machine.
Exit codes: 0 everything works, 1 something is wrong.`,
    )
    .action(async (options) => {
      const { status } = await import('../commands/status.ts');
      await status(options, terminalScreen());
    });
}
