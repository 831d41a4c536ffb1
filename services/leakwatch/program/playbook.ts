import { Option, type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { dataDirOption } from './options.ts';

export function addPlaybook(program: Command): void {
  const playbook = program.command('playbook').description('what is to be done about an alert');
  playbook
    .command('show')
    .description('show the requested correction, the checklist and whether the posts are corrected')
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
}

function playbooksOption() {
  return new Option('--playbooks <file>', 'own playbooks, before the built-in ones').env(
    'LEAKWATCH_PLAYBOOKS',
  );
}
