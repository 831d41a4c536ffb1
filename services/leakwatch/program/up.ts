import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { addIngestProcess } from './process-options.ts';

export function addUp(program: Command): void {
  addIngestProcess(program, 'up', 'run every service in one process, until Ctrl-C')
    .option('--details', 'show on this terminal what matched; by default alerts are only named', false)
    .addHelpText(
      'after',
      `
The webhook takes batches signed by the Standard Webhooks spec; LEAKWATCH_WEBHOOK_SECRETS holds its secrets.
Alerts also go to LEAKWATCH_ALERT_WEBHOOK_URL if that is set.`,
    )
    .action(async (options) => {
      const { up } = await import('../commands/up.ts');
      await up(options, terminalScreen());
    });
}
