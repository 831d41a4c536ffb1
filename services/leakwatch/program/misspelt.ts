import { type Command } from '@commander-js/extra-typings';
import { UsageError } from '@leakwatch/runtime/errors';
import { didYouMean } from '../nearest-name.ts';

/** Makes a `list` that is its group's default say of a misspelt command, whose word it gets, which one was meant. */
export function tellMisspelt(program: Command): void {
  for (const group of program.commands) {
    const list = group.commands.find((one) => one.name() === 'list');
    if (list === undefined || list.registeredArguments.length > 0) continue;
    list.allowExcessArguments().hook('preAction', (_list, { args: [word] }) => {
      if (word === undefined) return;
      const names = group.commands.map((one) => one.name());
      throw new UsageError(`\`${group.name()}\` has no command \`${word}\`${didYouMean(word, names)}`);
    });
  }
}
