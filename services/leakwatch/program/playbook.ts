import { Option, type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption } from './options.ts';

export function addPlaybook(program: Command): void {
  const playbook = program.command('playbook').description('what is to be done about an alert');
  playbook
    .command('show')
    .description('show the requested correction, what has been done, and whether the posts are corrected')
    .argument('<alert>', 'its id, or the first digits of it')
    .addOption(dataDirOption())
    .addOption(playbooksOption())
    .action(async (alert, options) => {
      const { showPlaybook } = await import('../commands/playbook.ts');
      await showPlaybook(alert, options, terminalScreen());
    });
  playbook
    .command('draft')
    .description('print a message to the creator; nothing is sent')
    .argument('<alert>', 'its id, or the first digits of it')
    .addOption(dataDirOption())
    .addOption(playbooksOption())
    .action(async (alert, options) => {
      const { draftMessage } = await import('../commands/playbook.ts');
      await draftMessage(alert, options, terminalScreen());
    });
  playbook
    .command('check')
    .description('note an item of the checklist as done')
    .argument('<alert>', 'its id, or the first digits of it')
    .argument('<item>', "the item's id, as `playbook show` prints it")
    .option('--undo', 'it is not done after all', false)
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(playbooksOption())
    .action(async (alert, item, options) => {
      const { checkPlaybookItem } = await import('../commands/playbook.ts');
      await checkPlaybookItem(alert, item, options, terminalScreen());
    });
  playbook
    .command('sent')
    .description('note that you have sent the message to the creator; leakwatch sends none')
    .argument('<alert>', 'its id, or the first digits of it')
    .option('--via <way>', 'e-mail, phone …')
    .option('--note <text>', 'what else is to be known of it')
    .option('--text <file>', 'the message as it was sent, where that is not as drafted')
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(playbooksOption())
    .action(async (alert, options) => {
      const { noteMessageSent } = await import('../commands/playbook.ts');
      await noteMessageSent(alert, options, terminalScreen());
    });
}

function playbooksOption() {
  return new Option('--playbooks <file>', 'own playbooks, before the built-in ones').env(
    'LEAKWATCH_PLAYBOOKS',
  );
}
