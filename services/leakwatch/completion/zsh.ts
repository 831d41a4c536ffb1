import { type CompletedCommand, type Values } from './command-table.ts';

export function zshCompletion(table: readonly CompletedCommand[]): string {
  return `#compdef leakwatch
# Completion of leakwatch for zsh, made by \`leakwatch completion zsh\`.
_leakwatch() {
  local word where=''
  local -a commands options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$where:$word" in
      (${table.flatMap(({ path, commands }) => commands.map(({ name }) => `'${path}:${name}'`)).join('|')})
        where="\${where:+$where }$word" ;;
    esac
  done
  case "$where:\${words[CURRENT-1]}" in
${table.flatMap(({ path, options }) => options.flatMap(({ name, values }) => (values === null ? [] : [`    ('${path}:${name}') ${offerOf(values)}; return ;;`]))).join('\n')}
  esac
  case "$where" in
${table.map(caseOf).join('\n')}
  esac
  if [[ "$PREFIX" == -* ]]; then _describe option options
  elif (( $#commands )); then _describe command commands
  else _files; fi
}
compdef _leakwatch leakwatch
`;
}

function caseOf({ path, commands, words, options }: CompletedCommand): string {
  const named = [...commands, ...words.map((name) => ({ name, description: '' }))];
  return `    ('${path}')
      commands=(${named.map(described).join(' ')})
      options=(${options.map(described).join(' ')}) ;;`;
}

function described({ name, description }: { readonly name: string; readonly description: string }): string {
  const text = description.replaceAll(/[\\:]/g, String.raw`\$&`).replaceAll("'", String.raw`'\''`);
  return `'${text === '' ? name : `${name}:${text}`}'`;
}

function offerOf(values: Values): string {
  switch (values) {
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'nothing':
      return '_message value';
    default:
      return `compadd -- ${values.join(' ')}`;
  }
}
