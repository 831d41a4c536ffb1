import { type Command, Option } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { addAlertMoves } from './alert-moves.ts';
import { alertIdArgument, byOption, dataDirOption, instantOrFromNow, wholeNumber } from './options.ts';

export function addTriage(program: Command): void {
  const alerts = program.command('alerts').description('alerts, and the work on them');
  alerts
    .command('list', { isDefault: true })
    .description('show alerts, the least time left first')
    .addOption(dataDirOption())
    .addOption(
      new Option('--state <state>').choices(['open', 'acknowledged', 'investigating', 'resolved'] as const),
    )
    .addOption(new Option('--severity <severity>').choices(['low', 'medium', 'high', 'critical'] as const))
    .option('--tier <n>', 'only creators in this tier', wholeNumber(1, 5))
    .option('--assignee <name>', 'only alerts assigned to this person')
    .option('--overdue', 'only alerts past their deadline', false)
    .option('--campaign <id>')
    .option('--limit <n>', 'at most this many', wholeNumber(1, 100_000), 50)
    .option('--details', 'show creators and what matched', false)
    .option('--json', 'one JSON line each, with all details', false)
    .action(async (options) => {
      const { showAlerts } = await import('../commands/alerts.ts');
      await showAlerts(options, terminalScreen());
    });
  alerts
    .command('show')
    .description('show everything about one')
    .addArgument(alertIdArgument())
    .addOption(dataDirOption())
    .option('--details', 'show the creator and the posts, with what matched', false)
    .action(async (id: string, options) => {
      const { showAlert } = await import('../commands/alert-show.ts');
      await showAlert(id, options, terminalScreen());
    });
  alerts
    .command('timeline')
    .description('show its history, from the first post on')
    .addArgument(alertIdArgument())
    .addOption(dataDirOption())
    .option('--details', 'show the posts and what matched', false)
    .action(async (id: string, options) => {
      const { showTimeline } = await import('../commands/alert-show.ts');
      await showTimeline(id, options, terminalScreen());
    });
  addAlertMoves(alerts);
  addSilences(program);

  program
    .command('verdict')
    .description('record the verdict on an alert; precision is counted from verdicts')
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
  const silences = program.command('silences').description('silences: for a time, no alerts');
  silences
    .command('list')
    .description('show silences in force and to come')
    .addOption(dataDirOption())
    .option('--all', 'include ended ones', false)
    .action(async (options) => {
      const { showSilences } = await import('../commands/silences.ts');
      await showSilences(options, terminalScreen());
    });
  silences
    .command('add')
    .description('raise no alert for posts published in this time; their detections are kept with the reason')
    .option('--creator <id>')
    .option('--campaign <id>')
    .option('--item <id>', 'a term or an asset')
    .option('--tier <n>', 'creators in this tier', wholeNumber(1, 5))
    .option('--from <when>', 'an instant (default: now)', instantOrFromNow)
    .requiredOption('--until <when>', 'an instant, or a time from now: 90m, 4h, 2d', instantOrFromNow)
    .requiredOption('--reason <text>', 'why')
    .addOption(byOption())
    .addOption(dataDirOption())
    .action(async (options) => {
      const { makeSilence } = await import('../commands/silences.ts');
      await makeSilence(options, terminalScreen());
    });
  silences
    .command('end')
    .description('end one early')
    .argument('<number>', "the silence's number")
    .addOption(byOption())
    .addOption(dataDirOption())
    .action(async (number: string, options) => {
      const { stopSilence } = await import('../commands/silences.ts');
      await stopSilence(number, options, terminalScreen());
    });
}
