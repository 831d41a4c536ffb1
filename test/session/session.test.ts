import { spawnSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { itNeeds } from '@leakwatch/runtime/testing';
import { expect } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { asciicast } from './asciicast.ts';
import { clearAlerts } from './clear-alerts.ts';
import { openTerminal } from './terminal.ts';

const hasScript = spawnSync('script', ['--version']).status === 0;

/** Answers like the command, for the keys and lines that a person gives it. */
const STAND_IN = `#!/bin/bash
case "$*" in
  verdict*dry-run*) echo '2 of 2 would change; nothing was changed' ;;
  verdict*) echo '2 of 2 changed' ;;
  'alerts next')
    while true; do
      read -r -s -n 1 -p '9 left · q quit > ' key
      [ "$key" = q ] && break
      read -r -p 'reason (a leak): '
      echo "cleared by $key"
    done ;;
  *) echo "$*" ;;
esac
`;

itNeeds("util-linux' script", hasScript)(
  'a session is typed into a real terminal, and recorded as it is seen',
  async () => {
    const folder = await temporaryFolder();
    const command = path.join(folder, 'leakwatch');
    await writeFile(command, STAND_IN);
    await chmod(command, 0o755);
    const size = { columns: 80, rows: 24 };
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const terminal = openTerminal({ ...size, folder, env, keyMs: () => 1 });
    const pace = { thinkMs: () => 1, readMs: () => 1 };
    await clearAlerts(terminal, { wanted: 4, alike: '--severity critical', pace });
    await terminal.end();
    const [head = '', ...lines] = asciicast({ ...size, title: 'a test', outputs: terminal.outputs })
      .trimEnd()
      .split('\n');
    expect(JSON.parse(head)).toMatchObject({ version: 2, width: 80, height: 24 });
    const LineSchema = z.tuple([z.number(), z.literal('o'), z.string()]);
    const shown = lines.map((line) => LineSchema.parse(JSON.parse(line))[2]).join('');
    expect(shown.match(/cleared by c/g)).toHaveLength(2);
    expect(shown).toContain('$ leakwatch verdict --severity critical --reason');
  },
);
