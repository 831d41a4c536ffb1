import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { alertIdArgument, byOption, dataDirOption } from './options.ts';

export function addEvidence(program: Command): void {
  const evidence = program
    .command('evidence')
    .description('what alerts rest on, as it was when they were raised');
  evidence
    .command('list')
    .description('show what is kept of an alert')
    .addArgument(alertIdArgument())
    .addOption(dataDirOption())
    .option('--verify', 'hash all of it again', false)
    .option('--json', 'a JSON line each', false)
    .action(async (id, options) => {
      const { listKept } = await import('../commands/evidence.ts');
      process.exitCode = await listKept(id, options, terminalScreen());
    });
  evidence
    .command('export')
    .description('write posts, media, timeline and their hashes to a new folder, or a file that ends in .tar')
    .addArgument(alertIdArgument())
    .requiredOption('--to <path>', 'where to')
    .addOption(dataDirOption())
    .action(async (id, options) => {
      const { exportCase } = await import('../commands/evidence-export.ts');
      process.exitCode = await exportCase(id, options, terminalScreen());
    });
  evidence
    .command('hold')
    .description('keep it for as long as nobody releases it')
    .addArgument(alertIdArgument())
    .requiredOption('--reason <text>', 'why')
    .addOption(byOption())
    .addOption(dataDirOption())
    .action(async (id, options) => {
      const { hold } = await import('../commands/evidence.ts');
      await hold(id, options, terminalScreen());
    });
  evidence
    .command('release')
    .description('let it go when its time comes')
    .addArgument(alertIdArgument())
    .addOption(byOption())
    .addOption(dataDirOption())
    .action(async (id, options) => {
      const { release } = await import('../commands/evidence.ts');
      await release(id, options, terminalScreen());
    });
}
