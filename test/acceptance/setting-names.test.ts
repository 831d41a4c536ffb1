import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMER_SETTINGS, NEIGHBOUR_VARIABLES, SETTINGS } from '../../services/leakwatch/known-settings.ts';
import { createProgram } from '../../services/leakwatch/program.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SKIPPED = /(^|\/)(node_modules|dist)\/|\.test\.ts$/;
const known = new Set([...SETTINGS, ...FORMER_SETTINGS, ...NEIGHBOUR_VARIABLES]);

describe('the names of settings', () => {
  it.each([
    ...['docker-compose.yml', '.ci/run', 'README.md', 'CONTRIBUTING.md'],
    ...['infra', 'docs', 'services', 'packages', 'test'],
  ])('that stand in %s are known', (place) => {
    const named = filesOf(place).flatMap((file) => [...namesIn(read(file))]);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('that stand in docs/operate/settings.md are all that there are', () => {
    const documented = new Set(namesIn(withWholeNames(read('docs/operate/settings.md'))));
    expect([...documented].toSorted()).toEqual(SETTINGS.toSorted());
  });

  it('that the command line reads are settings', () => {
    const names = variablesOf(createProgram());
    expect(names).toContain('LEAKWATCH_DATA_DIR');
    expect(names.filter((name) => !SETTINGS.includes(name))).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** Gives a file itself, or every file of ours below a folder. */
function filesOf(place: string): string[] {
  if (place.includes('.')) return [place];
  return readdirSync(path.join(ROOT, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .filter((file) => !SKIPPED.test(file));
}

function namesIn(text: string): string[] {
  return text.match(/\bLEAKWATCH_[A-Z0-9_]*[A-Z0-9]/g) ?? [];
}

/** Expands `…` in a list of names: it stands for the first name without its last word. */
function withWholeNames(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const before = /`(LEAKWATCH_[A-Z0-9_]*_)[A-Z0-9]+`/.exec(line)?.[1] ?? '';
      return line.replaceAll('`…_', `\`${before}`);
    })
    .join('\n');
}

interface CommandLine {
  readonly options: readonly { readonly envVar?: string | undefined }[];
  readonly commands: readonly CommandLine[];
}

/** Variables that replace options of a command and its subcommands. */
function variablesOf(command: CommandLine): string[] {
  const own = command.options.flatMap(({ envVar }) => envVar ?? []);
  return [...own, ...command.commands.flatMap(variablesOf)];
}
