import { type Command, Option } from '@commander-js/extra-typings';
import { TipStateSchema, SenderClassSchema, ReviewVerdictSchema } from '@leakwatch/contracts';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption, wholeNumber } from './options.ts';

export function addTips(program: Command): void {
  addTipCommands(program.command('tips').description('tips about leaks that people send'));
  const former = program
    .command('reports', { hidden: true })
    .description('the name of `tips` until the next version');
  former.hook('preAction', () =>
    terminalScreen().problem('`reports` is now `tips`; the old name answers until the next version'),
  );
  addTipCommands(former);
}

function addTipCommands(tips: Command): void {
  tips
    .command('list', { isDefault: true })
    .description('show tips, the newest first')
    .addOption(dataDirOption())
    .addOption(new Option('--state <state>').choices(TipStateSchema.options))
    .option('--limit <n>', 'how many at most', wholeNumber(1, 100_000), 50)
    .option('--details', 'show addresses and what was seen', false)
    .option('--json', 'a JSON line each, with all details', false)
    .action(async (options) => {
      const { showTips } = await import('../commands/tips.ts');
      await showTips(options, terminalScreen());
    });
  tips
    .command('add')
    .description('note a tip that came by mail, phone or chat')
    .addOption(dataDirOption())
    .option('--link <address...>', "the post's address; 5 at most")
    .option('--platform <platform>', 'with --post')
    .option('--instance <instance>', 'of a platform with many servers')
    .option('--post <id>', "the post's id, as the platform has it")
    .option('--campaign <id>', 'what it is a leak of')
    .option('--seen <text>', 'what was seen there', '')
    .option('--contact <text>', 'how to reach who sends it; it is erased after a time')
    .addOption(
      new Option('--class <class>', 'who sends it')
        .choices(SenderClassSchema.options)
        .default('analyst' as const),
    )
    .addOption(byOption())
    .action(async (options) => {
      const { noteTip } = await import('../commands/tips.ts');
      await noteTip(options, terminalScreen());
    });
  tips
    .command('decide')
    .description('decide about a tip')
    .argument('<id>', "the tip's id, or the first 6 or more of its digits")
    .addOption(dataDirOption())
    .addOption(
      new Option('--dismiss <reason>', 'nothing comes of it').conflicts(['alert', 'verdict', 'campaign']),
    )
    .addOption(new Option('--alert <id>', 'this alert has its post').conflicts(['verdict', 'campaign']))
    .addOption(new Option('--verdict <verdict>', 'what its post was').choices(ReviewVerdictSchema.options))
    .option('--campaign <id>', 'what it was a leak of')
    .addOption(byOption())
    .action(async (id, options) => {
      const { decideOnTip } = await import('../commands/tips.ts');
      await decideOnTip(id, options, terminalScreen());
    });
}
