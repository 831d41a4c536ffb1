import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const LIMIT_MS = 800;
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const WATCHDOG = new URL('../watchdog.ts', import.meta.url).href;

/** A process under a watchdog that does this, then says so and waits to be asked to end. */
function watched(work: string): ChildProcess {
  const program = `
    import { startWatchdog } from ${JSON.stringify(WATCHDOG)};
    startWatchdog({ limitMs: ${LIMIT_MS}, farewell: 'stood still' });
    process.stdin.once('data', () => process.exit(3));
    ${work}
    console.log('on');
  `;
  const child = spawn(process.execPath, ['--import', TSX, '--input-type=module', '-e', program]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

it('ends a process whose main thread stands still, with a line that says so', async () => {
  const child = watched('for (;;);');
  let said = '';
  child.stderr?.on('data', (text) => (said += String(text)));
  expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
  expect(said).toBe('stood still\n');
});

it('leaves a process that waits, and one that was stopped as a whole', async () => {
  const child = watched('');
  await once(child.stdout!, 'data');
  await sleep(2 * LIMIT_MS);
  child.kill('SIGSTOP');
  await sleep(2 * LIMIT_MS);
  child.kill('SIGCONT');
  await sleep(2 * LIMIT_MS);
  child.stdin?.write('end\n');
  expect(await once(child, 'close')).toEqual([3, null]);
});
