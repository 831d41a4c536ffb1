import { type Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { UsageError } from '@leakwatch/runtime/errors';
import { didYouMean, nearestName } from '../nearest-name.ts';

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

/**
 * Adds to the message about a missing option which of the given words was probably meant for it: commander looks for missing
 * options before it looks for unknown ones.
 */
export function withMisspelt(program: Command, message: string, words: readonly string[]): string {
  const missing = /^error: required option '[^']*(--[a-z-]+)/.exec(message)?.[1];
  if (missing === undefined) return message;
  const known = new Set(flagsOf(program));
  const unknown = words.map((word) => word.split('=', 1)[0] ?? '').filter((word) => isStrange(word, known));
  const meant = nearestName(missing, unknown);
  return meant === null ? message : `${message}(${meant} is no option: did you mean ${missing}?)\n`;
}

function isStrange(word: string, known: ReadonlySet<string>): boolean {
  return word.startsWith('--') && !known.has(word);
}

function flagsOf(command: CommandUnknownOpts): string[] {
  const own = command.options.flatMap(({ long }) => (long === undefined ? [] : [long]));
  return [...own, ...command.commands.flatMap((one) => flagsOf(one))];
}
