import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bashCompletion } from '../completion/bash.ts';
import { commandTable } from '../completion/command-table.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { createProgram } from '../program.ts';

const TABLE = commandTable(createProgram());

/** The words that bash offers after these words; the last one is not whole yet. */
function offered(...words: readonly string[]): string[] {
  const script = `${bashCompletion(TABLE)}
COMP_WORDS=(leakwatch "$@"); COMP_CWORD=$#; _leakwatch; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion', () => {
  it('offers commands, their commands, options and values in bash', () => {
    expect(offered('de')).toEqual(['demo', 'dead-letters']);
    expect(offered('alerts', 's')).toEqual(['show', 'snooze']);
    expect(offered('alerts', 'list', '--so')).toEqual(['--sort']);
    expect(offered('alerts', 'list', '--sort', '')).toEqual(['time-left', 'priority', 'newest']);
    expect(offered('--server', 'https://x', 'alerts', 'ne')).toEqual(['next']);
    expect(offered('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
    expect(offered('up', '--data-dir', '/us')).toEqual(['/usr']);
    expect(offered('up', '--rate', '')).toEqual([]);
  });

  it('has every command and option for each shell', () => {
    const [bash, zsh, fish] = [bashCompletion(TABLE), zshCompletion(TABLE), fishCompletion(TABLE)];
    expect(TABLE.length).toBeGreaterThan(50);
    for (const { path, options, commands } of TABLE) {
      expect(bash).toContain(`'${path}')`);
      expect(zsh).toContain(`('${path}')`);
      for (const { name } of [...commands, ...options]) {
        expect(bash).toContain(name);
        expect(zsh).toContain(name);
        expect(fish).toContain(
          `"__leakwatch_at '${path}'" ${name.startsWith('--') ? `-l ${name.slice(2)}` : `-f -a ${name}`} `,
        );
      }
    }
  });
});
