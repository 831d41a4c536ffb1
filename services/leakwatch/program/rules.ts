import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, instant, jsonOption } from './options.ts';

export function addRules(program: Command): void {
  const rules = program
    .command('rules')
    .description('the rules that raise alerts: try them before they are in force');
  rules
    .command('check')
    .description('check a ruleset: mistakes with line and column')
    .argument('<file>')
    .addOption(jsonOption())
    .action(async (file: string, options) => {
      const { checkRules } = await import('../commands/rules.ts');
      await checkRules(file, terminalScreen(options));
    });
  rules
    .command('test')
    .description("run the rules' own tests; exit code 1 if one fails")
    .argument('[file]', 'default: the built-in ruleset')
    .addOption(jsonOption())
    .action(async (file: string | undefined, options) => {
      const { testRules } = await import('../commands/rules.ts');
      process.exitCode = await testRules(file ?? null, terminalScreen(options));
    });
  rules
    .command('backtest')
    .description('show the alerts that a ruleset would add and remove, by the stored detections')
    .argument('<file>')
    .addOption(dataDirOption())
    .option('--since <instant>', 'only detections since then, like 2026-11-22T09:00:00Z', instant)
    .option('--details', "show the alerts' creators", false)
    .option('--json', 'everything as JSON, with all details', false)
    .action(async (file: string, options) => {
      const { backtestRules } = await import('../commands/rules-backtest.ts');
      await backtestRules(file, options, terminalScreen());
    });
}
