/**
 * Records how an analyst clears thirty alerts by the command alone: alerts of the mock world, in a terminal, with the pauses of a
 * person who reads and types. `npm run session:record` writes docs/use/thirty-alerts.cast, which `asciinema play` shows, and prints
 * the time and the number.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleLeakwatch, BUNDLE } from '../harness/bundle-leakwatch.ts';
import { runLeakwatch, startLeakwatch } from '../harness/run-leakwatch.ts';
import { seededRandom } from '../harness/seeded-random.ts';
import { asciicast } from './asciicast.ts';
import { clearAlerts } from './clear-alerts.ts';
import { openTerminal } from './terminal.ts';

const CAST = path.resolve(import.meta.dirname, '../../docs/use/thirty-alerts.cast');
const SIZE = { columns: 110, rows: 40 };
const WANTED = 30;
const MOST_SECONDS = 300;
/** More alerts than are wanted, so that the analyst has a choice. */
const ENOUGH = 34;

const bundle = bundleLeakwatch();
process.env[BUNDLE] = bundle;
const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-session-'));
const DATA = '.data';
const env = { LEAKWATCH_DATA_DIR: path.join(folder, DATA) };
try {
  const up = startLeakwatch([...'up --source mock --rate 100 --ops-port 0 --webhook-port 0'.split(' ')], {
    env,
  });
  await up.untilSaid(/metrics +http/);
  while ((await countAlerts('open')) < ENOUGH) await sleep(1000);
  up.kill('SIGTERM');
  await up.ended;
  const openBefore = await countAlerts('open');
  const command = path.join(folder, 'leakwatch');
  await writeFile(command, `#!/bin/sh\nexec ${process.execPath} ${bundle} "$@"\n`, { mode: 0o755 });
  const random = seededRandom(7);
  const between = (least: number, most: number) => () => least + random() * (most - least);
  const terminal = openTerminal({
    ...SIZE,
    folder,
    env: {
      ...env,
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      PAGER: '',
      USER: 'ana',
      LEAKWATCH_TYPED_AS: 'leakwatch',
    },
    keyMs: between(50, 130),
  });
  await clearAlerts(terminal, {
    wanted: WANTED,
    alike: '--severity medium',
    pace: { thinkMs: between(800, 2000), readMs: between(2000, 3500) },
  });
  const seconds = terminal.outputs.at(-1)?.at ?? 0;
  await terminal.end();
  const cleared = await countAlerts('resolved');
  const title = `${cleared} of ${openBefore} alerts cleared in ${describe(seconds)}`;
  await writeFile(CAST, asciicast({ ...SIZE, title, outputs: terminal.outputs }));
  process.stdout.write(`${title}\n`);
  if (cleared < WANTED || seconds > MOST_SECONDS) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function mustRun(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runLeakwatch(args, { env });
  if (code !== 0) throw new Error(`leakwatch ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return stdout;
}

async function countAlerts(state: 'open' | 'resolved'): Promise<number> {
  const lines = await mustRun(['alerts', 'list', '--state', state, '--limit', '1000', '--json']);
  return lines.split('\n').filter((line) => line !== '').length;
}

function describe(seconds: number): string {
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
