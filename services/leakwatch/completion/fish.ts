import { type CompletedCommand, type Values } from './command-table.ts';

export function fishCompletion(table: readonly CompletedCommand[]): string {
  return `# Completion of leakwatch for fish, made by \`leakwatch completion fish\`.
function __leakwatch_at
  set -l where ''
  for word in (commandline -opc)[2..-1]
    switch "$where:$word"
      case ${table.flatMap(({ path, commands }) => commands.map(({ name }) => `'${path}:${name}'`)).join(' ')}
        set where (string trim "$where $word")
    end
  end
  test "$where" = "$argv[1]"
end
${table.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, commands, words, options }: CompletedCommand): string[] {
  const line = (rest: string, description: string) =>
    `complete -c leakwatch -n "__leakwatch_at '${path}'" ${rest} -d '${description.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  return [
    ...commands.map(({ name, description }) => line(`-f -a ${name}`, description)),
    ...words.map((word) => line(`-f -a ${word}`, '')),
    ...options.map(({ name, description, values }) =>
      line(`-l ${name.slice(2)}${offerOf(values)}`, description),
    ),
  ];
}

function offerOf(values: Values | null): string {
  switch (values) {
    case null:
      return ' -f';
    case 'files':
      return ' -r -F';
    case 'folders':
      return ` -x -a '(__fish_complete_directories)'`;
    case 'nothing':
      return ' -x';
    default:
      return ` -x -a '${values.join(' ')}'`;
  }
}
