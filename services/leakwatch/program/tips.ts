import { type Command, Option } from '@commander-js/extra-typings';
import { TipStateSchema, SenderClassSchema, ReviewVerdictSchema } from '@leakwatch/contracts';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption, jsonOption, wholeNumber } from './options.ts';

export function addTips(program: Command): void {
  addTipCommands(program.command('tips').description('tips about leaks, sent by people'));
  const former = program
    .command('reports', { hidden: true })
    .description('the old name of `tips`; works until the next version');
  former.hook('preAction', () =>
    terminalScreen().problem('`reports` is now `tips`; the old name works until the next version'),
  );
  addTipCommands(former);
}

function addTipCommands(tips: Command): void {
  tips
    .command('list', { isDefault: true })
    .description('show tips, the newest first')
    .addOption(dataDirOption())
    .addOption(new Option('--state <state>').choices(TipStateSchema.options))
    .option('--limit <n>', 'at most this many', wholeNumber(1, 100_000), 50)
    .option('--details', 'show addresses and descriptions', false)
    .option('--json', 'one JSON line each, with all details', false)
    .action(async (options) => {
      const { showTips } = await import('../commands/tips.ts');
      await showTips(options, terminalScreen());
    });
  tips
    .command('add')
    .description('record a tip that came by mail, phone or chat')
    .addOption(dataDirOption())
    .option('--link <address...>', "the post's address; 5 at most")
    .option('--platform <platform>', 'with --post')
    .option('--instance <instance>', 'server, on a platform that has many')
    .option('--post <id>', "the post's id on the platform")
    .option('--campaign <id>', 'the campaign that it leaks')
    .option('--seen <text>', 'a description of what was seen', '')
    .option('--contact <text>', 'contact of the sender; it is erased after a time')
    .addOption(
      new Option('--class <class>', 'the sender')
        .choices(SenderClassSchema.options)
        .default('analyst' as const),
    )
    .addOption(byOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const { noteTip } = await import('../commands/tips.ts');
      await noteTip(options, terminalScreen(options));
    });
  tips
    .command('decide')
    .description('decide about a tip')
    .argument('<id>', "the tip's id, or the first 6 or more of its digits")
    .addOption(dataDirOption())
    .addOption(
      new Option('--dismiss <reason>', 'dismiss it, with a reason').conflicts([
        'alert',
        'verdict',
        'campaign',
      ]),
    )
    .addOption(
      new Option('--alert <id>', 'attach it to the alert that has its post').conflicts([
        'verdict',
        'campaign',
      ]),
    )
    .addOption(
      new Option('--verdict <verdict>', 'the verdict on its post').choices(ReviewVerdictSchema.options),
    )
    .option('--campaign <id>', 'the campaign that it leaked')
    .addOption(byOption())
    .addOption(jsonOption())
    .action(async (id, options) => {
      const { decideOnTip } = await import('../commands/tips.ts');
      await decideOnTip(id, options, terminalScreen(options));
    });
}
