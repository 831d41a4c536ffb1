import { type Command, Option } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { addAlertMoves } from './alert-moves.ts';
import { alertIdArgument, byOption, dataDirOption, instantOrFromNow, wholeNumber } from './options.ts';

export function addTriage(program: Command): void {
  const alerts = program.command('alerts').description('what was found, and what becomes of it');
  alerts
    .command('list', { isDefault: true })
    .description('show alerts, the least time left first')
    .addOption(dataDirOption())
    .addOption(
      new Option('--state <state>').choices(['open', 'acknowledged', 'investigating', 'resolved'] as const),
    )
    .addOption(new Option('--severity <severity>').choices(['low', 'medium', 'high', 'critical'] as const))
    .option('--tier <n>', 'of creators in this tier', wholeNumber(1, 5))
    .option('--assignee <name>', 'what somebody has taken on')
    .option('--overdue', 'what should have been acknowledged or resolved by now', false)
    .option('--campaign <id>')
    .option('--limit <n>', 'how many at most', wholeNumber(1, 100_000), 50)
    .option('--details', 'say whose they are and what matched', false)
    .option('--json', 'a JSON line each, with all details', false)
    .action(async (options) => {
      const { showAlerts } = await import('../commands/alerts.ts');
      await showAlerts(options, terminalScreen());
    });
  alerts
    .command('show')
    .description('show all that there is of one')
    .addArgument(alertIdArgument())
    .addOption(dataDirOption())
    .option('--details', 'say whose it is and what matched', false)
    .action(async (id: string, options) => {
      const { showAlert } = await import('../commands/alert-show.ts');
      await showAlert(id, options, terminalScreen());
    });
  alerts
    .command('timeline')
    .description('show what happened, from the first post on')
    .addArgument(alertIdArgument())
    .addOption(dataDirOption())
    .option('--details', 'say which posts they were and what matched', false)
    .action(async (id: string, options) => {
      const { showTimeline } = await import('../commands/alert-show.ts');
      await showTimeline(id, options, terminalScreen());
    });
  addAlertMoves(alerts);
  addSilences(program);

  program
    .command('verdict')
    .description('say what an alert was; precision is counted from it')
    .addArgument(alertIdArgument())
    .argument('<verdict>', 'confirmed, false-positive or approved')
    .requiredOption('--reason <text>', 'why')
    .addOption(byOption())
    .addOption(dataDirOption())
    .action(async (id: string, verdict: string, options) => {
      const { recordVerdict } = await import('../commands/verdict.ts');
      await recordVerdict(id, verdict, options, terminalScreen());
    });
}

function addSilences(program: Command): void {
  const silences = program.command('silences').description('what for a time raises no alert');
  silences
    .command('list')
    .description('show those that have not ended')
    .addOption(dataDirOption())
    .option('--all', 'also those that have', false)
    .action(async (options) => {
      const { showSilences } = await import('../commands/silences.ts');
      await showSilences(options, terminalScreen());
    });
  silences
    .command('add')
    .description('raise no alert of what is published in this time; its detections are kept with the reason')
    .option('--creator <id>')
    .option('--campaign <id>')
    .option('--item <id>', 'a term or an asset')
    .option('--tier <n>', 'creators in this tier', wholeNumber(1, 5))
    .option('--from <when>', 'an instant; now without it', instantOrFromNow)
    .requiredOption('--until <when>', 'an instant, or so long from now: 90m, 4h, 2d', instantOrFromNow)
    .requiredOption('--reason <text>', 'why')
    .addOption(byOption())
    .addOption(dataDirOption())
    .action(async (options) => {
      const { makeSilence } = await import('../commands/silences.ts');
      await makeSilence(options, terminalScreen());
    });
  silences
    .command('end')
    .description('end one before its time')
    .argument('<number>', "the silence's number")
    .addOption(byOption())
    .addOption(dataDirOption())
    .action(async (number: string, options) => {
      const { stopSilence } = await import('../commands/silences.ts');
      await stopSilence(number, options, terminalScreen());
    });
}
