import { type Command } from '@commander-js/extra-typings';
import { type AnalystMove } from '@leakwatch/alerting/desk';
import { terminalScreen } from '../screen/screen.ts';
import { alertIdArgument, byOption, dataDirOption, instantOrFromNow } from './options.ts';

interface MoveOptions {
  readonly dataDir: string;
  readonly by: string;
  readonly reason: string;
}

/** Commands that move an alert; services/alerting/incidents/life/alert-life.ts draws when each is allowed. */
export function addAlertMoves(alerts: Command): void {
  const add = (name: string, description: string) =>
    alerts
      .command(name)
      .description(description)
      .addArgument(alertIdArgument())
      .addOption(byOption())
      .option('--reason <text>', 'why', '')
      .addOption(dataDirOption());

  add('acknowledge', 'acknowledge it, so that it stops escalating').action((id, options) =>
    make(id, { change: 'acknowledged' }, options),
  );
  add('investigate', 'start work on it').action((id, options) =>
    make(id, { change: 'investigating' }, options),
  );
  add('resolve', 'record a verdict; the same as `verdict`')
    .argument('<verdict>', 'confirmed, false-positive or approved')
    .action(async (id, verdict, options) => {
      const { recordVerdict } = await import('../commands/verdict.ts');
      await recordVerdict(id, verdict, options, terminalScreen());
    });
  add('snooze', 'snooze it until a time, or until it happens again')
    .requiredOption('--until <when>', 'an instant, or a time from now: 90m, 4h, 2d', instantOrFromNow)
    .action((id, options) => make(id, { change: 'snoozed', until: options.until }, options));
  add('wake', 'end its snooze now').action((id, options) => make(id, { change: 'snooze-ended' }, options));
  add('reopen', 'reopen it: it was not over').action((id, options) =>
    make(id, { change: 'reopened' }, options),
  );
  add('assign', 'assign it to a person; `nobody` unassigns it')
    .argument('<name>')
    .action((id, name, options) =>
      make(id, { change: 'assigned', to: name === 'nobody' ? null : name }, options),
    );
  add('merge', 'merge it into another alert of the same creator and campaign')
    .argument('<into>', 'the other, which stays')
    .action((id, into, options) => make(id, { change: 'merged', into }, options));
}

async function make(id: string, move: AnalystMove, options: MoveOptions): Promise<void> {
  const { moveOneAlert } = await import('../commands/alert-move.ts');
  await moveOneAlert(id, move, options, terminalScreen());
}
