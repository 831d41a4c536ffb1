import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption } from './options.ts';

export function addErase(program: Command): void {
  program
    .command('erase')
    .description("erase a creator's or a post's data; what precision and recall are counted from stays")
    .option('--creator <id>', "the creator's id in the watch list, or `unregistered:…`")
    .option('--post <post>', "the post's address, or PLATFORM/INSTANCE/ID")
    .option('--reason <text>', 'why, for the audit log')
    .option('--dry-run', 'only count what would go', false)
    .option('--open', 'erase alerts that are not resolved, too', false)
    .option('--json', 'one JSON line', false)
    .addOption(byOption())
    .addOption(dataDirOption())
    .addHelpText(
      'after',
      `
Alerts whose evidence is held stay as they are. An erasure that was interrupted goes on when it is called again.
In Kafka records stay until their topic's retention is over; leakwatch makes no alert of them any more.
Exit codes: 0 done, 1 something is held and stays, 2 a mistake in the call, or alerts that are not resolved.`,
    )
    .action(async (options) => {
      const { eraseData } = await import('../commands/erase.ts');
      process.exitCode = await eraseData(options, terminalScreen());
    });
}
