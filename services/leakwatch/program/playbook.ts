import { Option, type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption, jsonOption } from './options.ts';

export function addPlaybook(program: Command): void {
  const playbook = program.command('playbook').description('the steps to take about an alert');
  playbook
    .command('show')
    .description('show the requested correction, the steps done, and whether the posts are corrected')
    .argument('<alert>', "the item's id, or its first digits")
    .addOption(dataDirOption())
    .addOption(playbooksOption())
    .option('--json', 'as JSON, a line', false)
    .action(async (alert, options) => {
      const { showPlaybook } = await import('../commands/playbook.ts');
      await showPlaybook(alert, options, terminalScreen());
    });
  playbook
    .command('draft')
    .description('print a message to the creator; nothing is sent')
    .argument('<alert>', "the item's id, or its first digits")
    .addOption(dataDirOption())
    .addOption(playbooksOption())
    .addOption(jsonOption())
    .action(async (alert, options) => {
      const { draftMessage } = await import('../commands/playbook.ts');
      await draftMessage(alert, options, terminalScreen(options));
    });
  playbook
    .command('check')
    .description('record an item of the checklist as done')
    .argument('<alert>', "the item's id, or its first digits")
    .argument('<item>', "the item's id, as `playbook show` prints it")
    .option('--undo', 'record it as not done', false)
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(playbooksOption())
    .addOption(jsonOption())
    .action(async (alert, item, options) => {
      const { checkPlaybookItem } = await import('../commands/playbook.ts');
      await checkPlaybookItem(alert, item, options, terminalScreen(options));
    });
  playbook
    .command('sent')
    .description('record that you have sent the message to the creator; leakwatch sends none')
    .argument('<alert>', "the item's id, or its first digits")
    .option('--via <way>', 'e-mail, phone …')
    .option('--note <text>', 'a remark')
    .option('--text <file>', 'file with the message as sent, if it differs from the draft')
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(playbooksOption())
    .addOption(jsonOption())
    .action(async (alert, options) => {
      const { noteMessageSent } = await import('../commands/playbook.ts');
      await noteMessageSent(alert, options, terminalScreen(options));
    });
}

function playbooksOption() {
  return new Option(
    '--playbooks <file>',
    'your own playbooks; they take precedence over the built-in ones',
  ).env('LEAKWATCH_PLAYBOOKS');
}
