/** The parts of a command that completion reads. */
interface ReadCommand {
  readonly commands: readonly ReadCommand[];
  readonly options: readonly ReadOption[];
  readonly registeredArguments: readonly { readonly argChoices?: readonly string[] }[];
  name(): string;
  description(): string;
}

interface ReadOption {
  readonly long?: string | undefined;
  readonly flags: string;
  readonly description: string;
  readonly required: boolean;
  readonly optional: boolean;
  readonly argChoices?: readonly string[];
}

/** The words that a shell may offer. */
export type Values = readonly string[] | 'files' | 'folders' | 'nothing';

interface CompletedOption {
  /** `--data-dir` */
  readonly name: string;
  readonly description: string;
  /** Null: it takes no value. */
  readonly values: Values | null;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** The words before it and its own, without `leakwatch`: `alerts list`; empty for the program. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletedOption[];
  /** Words that its arguments may be. */
  readonly words: readonly string[];
}

/** The program's own table of commands, the whole program first. */
export function commandTable(program: ReadCommand): CompletedCommand[] {
  const everywhere = optionsOf(program);
  const tableOf = (command: ReadCommand, path: readonly string[]): CompletedCommand[] => [
    {
      path: path.join(' '),
      commands: command.commands.map((one) => ({ name: one.name(), description: one.description() })),
      options: command === program ? everywhere : [...optionsOf(command), ...everywhere],
      words: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
    },
    ...command.commands.flatMap((one) => tableOf(one, [...path, one.name()])),
  ];
  return tableOf(program, []);
}

function optionsOf(command: ReadCommand): CompletedOption[] {
  return command.options.flatMap(({ long, description, flags, required, optional, argChoices }) =>
    typeof long === 'string'
      ? [{ name: long, description, values: required || optional ? (argChoices ?? kindOf(flags)) : null }]
      : [],
  );
}

/** The kind of an option's value, by the name that its help gives the value. */
function kindOf(flags: string): Values {
  if (/[<[](?:file|path)\b/.test(flags)) return 'files';
  return /[<[]dir\b/.test(flags) ? 'folders' : 'nothing';
}
