import { type Command, Option } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { addFilter, filterOf } from './alert-filter.ts';
import { addAlertMoves, addVerdict } from './alert-moves.ts';
import {
  alertIdArgument,
  byOption,
  dataDirOption,
  instantOrFromNow,
  jsonOption,
  wholeNumber,
} from './options.ts';

export function addTriage(program: Command): void {
  const alerts = program.command('alerts').description('alerts, and the work on them');
  const list = alerts
    .command('list', { isDefault: true })
    .description('show alerts, the least time left first')
    .addOption(dataDirOption())
    .addOption(
      new Option('--sort <order>', 'by what')
        .choices(['time-left', 'priority', 'newest'] as const)
        .default('time-left' as const),
    )
    .option('--limit <n>', 'at most this many', wholeNumber(1, 100_000), 50)
    .option('--page <n>', 'of pages of --limit each, which', wholeNumber(1, 100_000), 1)
    .option('--details', 'show creators and what matched', false)
    .option('--json', 'one JSON line each, with all details', false)
    .action(async (options) => {
      const { showAlerts } = await import('../commands/alerts.ts');
      await showAlerts({ ...options, filter: filterOf(options) }, terminalScreen());
    });
  addFilter(list);
  alerts
    .command('next')
    .description('show one alert a screen; one key gives a verdict or makes a move')
    .addOption(dataDirOption())
    .addOption(byOption())
    .action(async (options) => {
      const { workThrough } = await import('../commands/alerts-next.ts');
      await workThrough(options, terminalScreen());
    });
  alerts
    .command('show')
    .description('show everything about one')
    .addArgument(alertIdArgument())
    .addOption(dataDirOption())
    .option('--details', 'show the creator and the posts, with what matched', false)
    .option('--json', 'as JSON, a line, with all details', false)
    .option('--save <dir>', 'with --details: save the posted pictures and the assets that they show here')
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
    .option('--json', 'one JSON line for each entry, with all details', false)
    .action(async (id: string, options) => {
      const { showTimeline } = await import('../commands/alert-show.ts');
      await showTimeline(id, options, terminalScreen());
    });
  addAlertMoves(alerts);
  addSilences(program);

  addVerdict(program);
}

function addSilences(program: Command): void {
  const silences = program.command('silences').description('silences: for a time, no alerts');
  silences
    .command('list')
    .description('show silences in force and to come')
    .addOption(dataDirOption())
    .option('--all', 'include ended ones', false)
    .option('--json', 'one JSON line each', false)
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
    .addOption(jsonOption())
    .action(async (options) => {
      const { makeSilence } = await import('../commands/silences.ts');
      await makeSilence(options, terminalScreen(options));
    });
  silences
    .command('end')
    .description('end one early')
    .argument('<number>', "the silence's number")
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (number: string, options) => {
      const { stopSilence } = await import('../commands/silences.ts');
      await stopSilence(number, options, terminalScreen(options));
    });
}
