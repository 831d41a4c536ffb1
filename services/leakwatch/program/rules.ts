import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption, instant } from './options.ts';

export function addRules(program: Command): void {
  const rules = program.command('rules').description('what is an alert: try rules before they are in force');
  rules
    .command('check')
    .description('say what is wrong with a ruleset, with line and column')
    .argument('<file>')
    .action(async (file: string) => {
      const { checkRules } = await import('../commands/rules.ts');
      await checkRules(file, terminalScreen());
    });
  rules
    .command('test')
    .description("run the rules' own tests; exit code 1 where one fails")
    .argument('[file]', 'the built-in ruleset without it')
    .action(async (file: string | undefined) => {
      const { testRules } = await import('../commands/rules.ts');
      process.exitCode = await testRules(file ?? null, terminalScreen());
    });
  rules
    .command('backtest')
    .description('show which alerts a ruleset would have added and removed, by the stored detections')
    .argument('<file>')
    .addOption(dataDirOption())
    .option('--since <instant>', 'only what was detected since then, like 2026-11-22T09:00:00Z', instant)
    .option('--details', 'say whose the alerts are', false)
    .option('--json', 'all of it as JSON, with all details', false)
    .action(async (file: string, options) => {
      const { backtestRules } = await import('../commands/rules-backtest.ts');
      await backtestRules(file, options, terminalScreen());
    });
}
