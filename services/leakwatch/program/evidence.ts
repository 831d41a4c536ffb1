import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { alertIdArgument, byOption, dataDirOption, jsonOption } from './options.ts';

export function addEvidence(program: Command): void {
  const evidence = program
    .command('evidence')
    .description('the evidence behind an alert, kept as it was when the alert was raised');
  evidence
    .command('list')
    .description('list the evidence of an alert')
    .addArgument(alertIdArgument())
    .addOption(dataDirOption())
    .option('--verify', 'hash every file again', false)
    .option('--json', 'one JSON line each', false)
    .action(async (id, options) => {
      const { listKept } = await import('../commands/evidence.ts');
      process.exitCode = await listKept(id, options, terminalScreen());
    });
  evidence
    .command('export')
    .description('write posts, media, timeline and their hashes to a new folder, or a file that ends in .tar')
    .addArgument(alertIdArgument())
    .requiredOption('--to <path>', 'new folder or .tar file')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id, options) => {
      const { exportCase } = await import('../commands/evidence-export.ts');
      process.exitCode = await exportCase(id, options, terminalScreen(options));
    });
  evidence
    .command('hold')
    .description('keep it until it is released')
    .addArgument(alertIdArgument())
    .requiredOption('--reason <text>', 'why')
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id, options) => {
      const { hold } = await import('../commands/evidence.ts');
      await hold(id, options, terminalScreen(options));
    });
  evidence
    .command('release')
    .description('release it, so that it is deleted when its time is up')
    .addArgument(alertIdArgument())
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id, options) => {
      const { release } = await import('../commands/evidence.ts');
      await release(id, options, terminalScreen(options));
    });
}
