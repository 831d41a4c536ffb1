import { createProgram } from '../../services/leakwatch/program.ts';

/** Words of a call that are not a command, an option or an option's value. */
export function unknownWords(call: readonly string[]): string[] {
  const [name, ...rest] = call;
  const top = createProgram().commands.find((command) => command.name() === name);
  if (top === undefined) return [...call];
  const below = top.commands.find((command) => command.name() === rest[0]);
  if (below === undefined && top.commands.length > 0) return rest;
  const { operands, unknown } = (below ?? top).parseOptions(below === undefined ? rest : rest.slice(1));
  return [...operands, ...unknown];
}
