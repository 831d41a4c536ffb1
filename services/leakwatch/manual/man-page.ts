/** The parts of a command that a manual page shows. */
interface ShownCommand {
  readonly commands: readonly ShownCommand[];
  readonly options: readonly ShownOption[];
  readonly registeredArguments: readonly { readonly description: string; name(): string }[];
  name(): string;
  description(): string;
  usage(): string;
}

interface ShownOption {
  readonly flags: string;
  readonly description: string;
  readonly envVar?: string | undefined;
  readonly argChoices?: readonly string[] | undefined;
  readonly defaultValue?: unknown;
  readonly defaultValueDescription?: string | undefined;
}

/** The manual page of the whole program in roff, from its own table of commands, so that neither says more than the other. */
export function manPage(program: ShownCommand, version: string): string {
  return [
    `.TH LEAKWATCH 1 "" "leakwatch ${roff(version)}" "User Commands"`,
    section('NAME', [`leakwatch \\- ${roff(program.description())}`]),
    section('SYNOPSIS', [`.B leakwatch\n${roff(program.usage())}`]),
    section('OPTIONS', ['They may stand before or after a command.', ...program.options.map(describeOption)]),
    section('COMMANDS', commandsOf(program, 'leakwatch').map(describeCommand)),
    section('EXIT STATUS', [
      listed('0', 'done'),
      listed('1', 'a leak with --fail-on-leak, or something is wrong in what status or doctor shows'),
      listed('2', 'a mistake in the call, the settings or the watch list'),
      listed('3', 'a scan that could not look at everything'),
      listed('70', 'leakwatch failed'),
    ]),
    section('FILES', [
      listed('leakwatch.yaml', 'settings, in the folder of the call or the nearest above it'),
      listed('.data', 'the embedded database, unless DATABASE_URL or --data-dir names another'),
    ]),
    section('ENVIRONMENT', [
      'Every setting is a variable, and docs/operate/settings.md lists them. PAGER shows what is longer than the terminal; NO_COLOR leaves out colours.',
    ]),
  ].join('\n');
}

interface Placed {
  readonly path: string;
  readonly command: ShownCommand;
}

/** Commands that can be called, each with its words; groups only lead to them. */
function commandsOf({ commands }: ShownCommand, before: string): Placed[] {
  return commands.flatMap((command) => {
    const path = `${before} ${command.name()}`;
    return command.commands.length === 0 ? [{ path, command }] : commandsOf(command, path);
  });
}

function describeCommand({ path, command }: Placed): string {
  const args = command.registeredArguments.filter(({ description }) => description !== '');
  return [
    `.SS ${roff(`${path} ${command.usage()}`)}`,
    roff(command.description()),
    ...args.map((one) => listed(one.name(), one.description)),
    ...command.options.map(describeOption),
  ].join('\n');
}

function describeOption(option: ShownOption): string {
  const { flags, description, envVar, argChoices, defaultValue, defaultValueDescription } = option;
  const notes = [
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]),
    ...(isShown(defaultValue) ? [`default: ${defaultValueDescription ?? String(defaultValue)}`] : []),
    ...(envVar === undefined ? [] : [`variable: ${envVar}`]),
  ];
  return listed(flags, notes.length === 0 ? description : `${description} (${notes.join('; ')})`);
}

function isShown(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function section(title: string, paragraphs: readonly string[]): string {
  return `.SH ${title}\n${paragraphs.join('\n')}`;
}

function listed(term: string, text: string): string {
  return `.TP\n.B ${roff(term)}\n${roff(text)}`;
}

/** Text as roff shows it: a backslash and a hyphen are commands there, and so is a dot that begins a line. */
function roff(text: string): string {
  return text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll(
      /[^\n -~]/gu,
      (sign) => `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replaceAll(/^([.'])/gm, String.raw`\&$1`);
}
