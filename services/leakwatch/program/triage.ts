import { userInfo } from 'node:os';
import { type Command, Option } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, wholeNumber } from './options.ts';

export function addTriage(program: Command): void {
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
      const { showAlerts } = await import('../commands/alerts.ts');
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
      const { recordVerdict } = await import('../commands/verdict.ts');
      await recordVerdict(id, verdict, options, terminalScreen());
    });
}
