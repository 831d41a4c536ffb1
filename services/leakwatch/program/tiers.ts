import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption, jsonOption, wholeNumber } from './options.ts';

export function addTiers(program: Command): void {
  const tiers = program.command('tiers').description('how closely each creator is watched, and why');
  tiers
    .command('list', { isDefault: true })
    .description("show creators' tiers as last decided")
    .addOption(dataDirOption())
    .option('--tier <n>', 'only this creator', wholeNumber(1, 5))
    .option('--campaign <id>')
    .option('--json', 'one JSON line each', false)
    .action(async (options) => {
      const { listTiers } = await import('../commands/tiers.ts');
      await listTiers(options, terminalScreen());
    });
  tiers
    .command('show')
    .description("show a creator's tiers, their history, and the case of an open investigation")
    .argument('<creator>')
    .addOption(dataDirOption())
    .option('--json', 'as JSON, a line', false)
    .action(async (creator: string, options) => {
      const { showTiers } = await import('../commands/tiers.ts');
      await showTiers(creator, options, terminalScreen());
    });
  tiers
    .command('pin')
    .description("set a creator's tier for a campaign for a time, whatever the rules say")
    .argument('<creator>')
    .requiredOption('--campaign <id>')
    .requiredOption('--tier <n>', 'from 1 to 5', wholeNumber(1, 5))
    .requiredOption('--reason <text>', 'why')
    .option('--days <n>', 'when it expires', wholeNumber(1, 365), 30)
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (creator: string, options) => {
      const { pin } = await import('../commands/tier-pins.ts');
      await pin(creator, options, terminalScreen(options));
    });
  tiers
    .command('unpin')
    .description('let the rules decide again')
    .argument('<creator>')
    .requiredOption('--campaign <id>')
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (creator: string, options) => {
      const { unpin } = await import('../commands/tier-pins.ts');
      await unpin(creator, options, terminalScreen(options));
    });
}
