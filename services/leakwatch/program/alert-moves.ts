import { type Command } from '@commander-js/extra-typings';
import { type AnalystMove } from '@leakwatch/alerting/desk';
import { terminalScreen } from '../screen/screen.ts';
import { addFilter, filterOf } from './alert-filter.ts';
import { alertIdsArgument, byOption, dataDirOption, instantOrFromNow, jsonOption } from './options.ts';

interface Given {
  readonly dataDir: string;
  readonly by: string;
  readonly reason: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const IDS_AND = 'ids, or a filter, and last of all ';

/** Commands that move alerts; services/alerting/incidents/life/alert-life.ts draws when each is allowed. */
export function addAlertMoves(alerts: Command): void {
  const add = (name: string, description: string) => withMoveOptions(alerts.command(name), description);

  add('acknowledge', 'acknowledge them, so that they stop escalating')
    .addArgument(alertIdsArgument())
    .action((ids, options) => make(ids, { change: 'acknowledged' }, options));
  add('investigate', 'start work on them')
    .addArgument(alertIdsArgument())
    .action((ids, options) => make(ids, { change: 'investigating' }, options));
  add('resolve', 'record a verdict; the same as `verdict`')
    .argument('<ids-and-verdict...>', `${IDS_AND}confirmed, false-positive or approved`)
    .action(resolve);
  add('snooze', 'snooze them until a time, or until they happen again')
    .addArgument(alertIdsArgument())
    .requiredOption('--until <when>', 'an instant, or a time from now: 90m, 4h, 2d', instantOrFromNow)
    .action((ids, options) => make(ids, { change: 'snoozed', until: options.until }, options));
  add('wake', 'end their snooze now')
    .addArgument(alertIdsArgument())
    .action((ids, options) => make(ids, { change: 'snooze-ended' }, options));
  add('reopen', 'reopen them: they were not over')
    .addArgument(alertIdsArgument())
    .action((ids, options) => make(ids, { change: 'reopened' }, options));
  add('assign', 'assign them to a person; `nobody` unassigns them')
    .argument('<ids-and-name...>', `${IDS_AND}the person`)
    .action(async (words, options) => {
      const { lastOf } = await import('../commands/choose-alerts.ts');
      const { ids, last } = lastOf(words, 'to whom');
      await make(ids, { change: 'assigned', to: last === 'nobody' ? null : last }, options);
    });
  add('merge', 'merge them into another alert of the same creator and campaign')
    .argument('<ids-and-into...>', `${IDS_AND}the other, which stays`)
    .action(async (words, options) => {
      const { lastOf } = await import('../commands/choose-alerts.ts');
      const { ids, last } = lastOf(words, 'into which');
      await make(ids, { change: 'merged', into: last }, options);
    });
}

export function addVerdict(program: Command): void {
  withMoveOptions(
    program.command('verdict'),
    'record the verdict on alerts; precision is counted from verdicts',
  )
    .argument('<ids-and-verdict...>', `${IDS_AND}confirmed, false-positive or approved`)
    .action(resolve);
}

function withMoveOptions(command: Command, description: string) {
  addFilter(command);
  return command
    .description(description)
    .addOption(byOption())
    .option('--reason <text>', 'why; a verdict needs it', '')
    .option('--dry-run', 'say what would change, and change nothing', false)
    .addOption(jsonOption())
    .addOption(dataDirOption());
}

async function resolve(words: readonly string[], options: Given): Promise<void> {
  const { chooseAlerts, lastOf } = await import('../commands/choose-alerts.ts');
  const { recordVerdict } = await import('../commands/verdict.ts');
  const { ids, last } = lastOf(words, 'the verdict');
  await recordVerdict(await chooseAlerts(ids, filterOf(options)), last, options, terminalScreen(options));
}

async function make(ids: readonly string[], move: AnalystMove, options: Given): Promise<void> {
  const { chooseAlerts } = await import('../commands/choose-alerts.ts');
  const { moveAlerts } = await import('../commands/alert-move.ts');
  await moveAlerts(await chooseAlerts(ids, filterOf(options)), move, options, terminalScreen(options));
}
