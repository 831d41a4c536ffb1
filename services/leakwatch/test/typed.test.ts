import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { Command } from '@commander-js/extra-typings';
import { createProgram } from '../program.ts';
import { rememberPlace, typed, typedHere, withTyped } from '../typed.ts';

interface Shown {
  readonly commands: readonly Shown[];
  readonly options: readonly { readonly long?: string | undefined }[];
  name(): string;
}

const OTHERS = new Set(['node_modules', 'dist', 'test']);
const FOLDER = path.resolve(import.meta.dirname, '..');

function nothingGiven(): void {
  rememberPlace();
}

function given(...words: readonly string[]): void {
  const program = new Command()
    .option('--server <url>')
    .option('--token <token>')
    .option('--token-file <file>');
  program.hook('preAction', rememberPlace);
  program
    .command('list')
    .option('--data-dir <dir>', '', '.data')
    .action(() => undefined);
  program.parse(['list', ...words], { from: 'user' });
}

afterEach(() => {
  vi.unstubAllEnvs();
  nothingGiven();
});

it('shows an installed command plainly, and one of a checkout with its prefix', () => {
  vi.stubEnv('LEAKWATCH_TYPED_AS', '');
  expect(typed('demo')).toBe('leakwatch demo');
  vi.stubEnv('LEAKWATCH_TYPED_AS', 'npm run leakwatch --');
  expect(typed('demo')).toBe('npm run leakwatch -- demo');
  expect(withTyped('a key, as `leakwatch keys generate` prints it')).toBe(
    'a key, as `npm run leakwatch -- keys generate` prints it',
  );
  const { stdout } = helpOf(createProgram());
  expect(stdout).toContain('Usage: npm run leakwatch -- [options]');
  expect(stdout).toContain('  npm run leakwatch -- up --source mock ');
});

it('repeats the options that say which data the call is about, as a shell takes them, and no token', () => {
  vi.stubEnv('LEAKWATCH_TYPED_AS', '');
  given();
  expect(typedHere('alerts list')).toBe('leakwatch alerts list');
  given('--data-dir', "my data's");
  expect(typedHere('alerts list')).toBe(String.raw`leakwatch alerts list --data-dir 'my data'\''s'`);
  given('--server', 'https://leakwatch.example', '--token', 'secret', '--token-file', 'token.txt');
  expect(typedHere('alerts list')).toBe(
    'leakwatch alerts list --server https://leakwatch.example --token-file token.txt',
  );
});

it.each(hints())('names a command that exists, with its options: %s', (_place, called, words) => {
  let command: Shown = createProgram();
  for (const word of words.split(' ')) {
    command = command.commands.find((one) => one.name() === word) ?? command;
  }
  expect(command.name()).not.toBe(createProgram().name());
  const known = command.options.map(({ long }) => long);
  const used = words.split(' ').filter((word) => word.startsWith('--'));
  expect(known).toEqual(expect.arrayContaining(called === 'typed' ? used : [...used, '--data-dir']));
});

it('finds every hint: none is written plainly', () => {
  const [first = '', ...others] = createProgram().commands.map((one) => one.name());
  const plain = new RegExp(`leakwatch (?:${[first, ...others].join('|')})\\b`);
  const lines = sources().flatMap(([file, text]) =>
    text
      .split('\n')
      .filter((line) => !/^\s*(?:\*|\/\*|\/\/)/.test(line) && plain.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  // The report's own title, and scripts for a shell, which completes the installed command.
  const known = /colors\.bold\('leakwatch report'\)|leakwatch completion (?:bash|zsh|fish)/;
  expect(lines.filter((line) => !known.test(line))).toEqual([]);
});

function helpOf(program: ReturnType<typeof createProgram>): { stdout: string } {
  let stdout = '';
  program.configureOutput({
    writeOut: (text) => {
      stdout += text;
    },
  });
  program.outputHelp();
  return { stdout };
}

/** Each hint of the sources: where, by which function, and its words. */
function hints(): [string, string, string][] {
  const hint = /\b(typed|typedHere|describeVerdict)\(\s*(['"`])(.+?)\2[,)]/g;
  const all = sources().flatMap(([file, text]) =>
    [...text.matchAll(hint)].map(([, called = '', , words = '']): [string, string, string] => [
      `${file}: ${words}`,
      called,
      words.replaceAll(/\$\{.+?\}/g, 'ID'),
    ]),
  );
  // The rest takes its command from its caller.
  return all.filter(([, , words]) => !words.startsWith('ID'));
}

function sources(folder = FOLDER): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return OTHERS.has(entry.name) ? [] : sources(place);
    return entry.name.endsWith('.ts') ? [[path.relative(FOLDER, place), readFileSync(place, 'utf8')]] : [];
  });
}
