import { type CommandUnknownOpts } from '@commander-js/extra-typings';

/**
 * Refuses an option that takes one value and is given two, in every command: the last one would win unseen, and the first one
 * would be neither used nor checked. Options that gather their values are repeated as often as one likes.
 */
export function refuseGivenTwice(command: CommandUnknownOpts): void {
  for (const option of command.options) {
    if (option.isBoolean() || option.variadic) continue;
    let given = 0;
    // Commander's own listener comes first, and has taken the value.
    command.on(`option:${option.name()}`, () => {
      given += 1;
      if (given === 1 || Array.isArray(command.getOptionValue(option.attributeName()))) return;
      command.error(`error: option '${option.flags}' is given twice, and takes one value`);
    });
  }
  for (const one of command.commands) refuseGivenTwice(one);
}
