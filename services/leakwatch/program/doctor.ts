import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption } from './options.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'look at all that leakwatch needs: settings, folders, disk, ports, secrets, clock, reachability',
    )
    .addOption(dataDirOption())
    .option('--json', 'one JSON line for each finding', false)
    .addHelpText('after', '\nExit codes: 0 nothing is wrong, 1 something is. It changes nothing.')
    .action(async (options) => {
      const { doctor } = await import('../commands/doctor.ts');
      await doctor(options, terminalScreen());
    });
}
