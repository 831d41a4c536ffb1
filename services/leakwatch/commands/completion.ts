import { type Command } from '@commander-js/extra-typings';
import { bashCompletion } from '../completion/bash.ts';
import { commandTable } from '../completion/command-table.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { type Screen } from '../screen/screen.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** Prints a script that completes the program's commands in a shell. */
export function showCompletion(program: Command, shell: keyof typeof SHELLS, screen: Screen): void {
  screen.result(SHELLS[shell](commandTable(program)).trimEnd());
}
