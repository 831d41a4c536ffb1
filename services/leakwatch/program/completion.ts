import { Argument, type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print completion for a shell')
    .addArgument(new Argument('<shell>', 'whose').choices(['bash', 'zsh', 'fish'] as const))
    .addHelpText(
      'after',
      `
bash  source <(leakwatch completion bash), in ~/.bashrc
zsh   source <(leakwatch completion zsh), in ~/.zshrc after compinit
fish  leakwatch completion fish > ~/.config/fish/completions/leakwatch.fish`,
    )
    .action(async (shell) => {
      const { showCompletion } = await import('../commands/completion.ts');
      showCompletion(program, shell, terminalScreen());
    });
}
