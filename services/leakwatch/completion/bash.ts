import { type CompletedCommand, type Values } from './command-table.ts';

export function bashCompletion(table: readonly CompletedCommand[]): string {
  const commands = table.filter((one) => one.commands.length > 0);
  return `# Completion of leakwatch for bash, made by \`leakwatch completion bash\`.
_leakwatch_commands() {
  case "$1" in
${commands.map(({ path, commands: own }) => `    '${path}') echo '${own.map(({ name }) => name).join(' ')}' ;;`).join('\n')}
  esac
}
_leakwatch_words() {
  case "$1" in
${table.map(({ path, options, words }) => `    '${path}') echo '${[...words, ...options.map(({ name }) => name)].join(' ')}' ;;`).join('\n')}
  esac
}
_leakwatch() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ " $(_leakwatch_commands "$path") " == *" $word "* ]]; then path="\${path:+$path }$word"; fi
  done
  case "$path:\${COMP_WORDS[COMP_CWORD - 1]}" in
${table.flatMap(({ path, options }) => options.flatMap(({ name, values }) => (values === null ? [] : [`    '${path}:${name}') COMPREPLY=(${repliesOf(values)}); return ;;`]))).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$(_leakwatch_commands "$path") $(_leakwatch_words "$path" )" -- "$current"))
}
complete -o default -F _leakwatch leakwatch
`;
}

function repliesOf(values: Values): string {
  switch (values) {
    case 'files':
      return '$(compgen -f -- "$current")';
    case 'folders':
      return '$(compgen -d -- "$current")';
    case 'nothing':
      return '';
    default:
      return `$(compgen -W '${values.join(' ')}' -- "$current")`;
  }
}
