import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, jsonOption } from './options.ts';

/** The audit log of the console. */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('check and export the audit log of the console');

  audit
    .command('verify')
    .description('compute every hash again; exit code 1 if a line was changed or removed')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const { checkAudit } = await import('../commands/audit.ts');
      if (!(await checkAudit(options, terminalScreen(options)))) process.exitCode = 1;
    });
  audit
    .command('export')
    .description('print every line as JSON, the oldest first')
    .addOption(dataDirOption())
    .action(async (options) => {
      const { exportAudit } = await import('../commands/audit.ts');
      // Its hashes are of the lines as they are.
      await exportAudit(options, terminalScreen({ raw: true }));
    });
}
