/** A disk that is full under the embedded Postgres: a small tmpfs, which only root can mount. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { itNeeds } from '@leakwatch/runtime/testing';
import { expect, onTestFinished } from 'vitest';
import { deliverPosts, WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { eventually } from '../harness/eventually.ts';
import { startLeakwatch } from '../harness/run-leakwatch.ts';

const run = promisify(execFile);
const DISK_MIB = 400;

async function smallDisk(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=755`, 'tmpfs', folder]);
  onTestFinished(async () => {
    await run('umount', ['--lazy', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes a file until no byte more fits. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (const chunk of [Buffer.alloc(2 ** 20), Buffer.alloc(4096)]) {
      while (await handle.write(chunk).then(({ bytesWritten }) => bytesWritten === chunk.length, isFull));
    }
  } finally {
    await handle.close();
  }
}

function isFull(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
  throw error;
}

const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

itNeeds('root that may mount', canMount)(
  'a full disk under the database: deliveries are asked to come again, readiness says so, and it goes on once there is room',
  async () => {
    const disk = await smallDisk();
    const up = startLeakwatch(
      ['up', '--data-dir', path.join(disk, 'data'), '--ops-port', '0', '--webhook-port', '0'],
      { env: { LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET } },
    );
    const webhook = (await up.untilSaid(/webhook +(http:\/\/\S+)\/v1\/posts/))[1] ?? '';
    const ops = (await up.untilSaid(/metrics +(http:\/\/\S+)\/metrics/))[1] ?? '';
    const ballast = path.join(disk, 'ballast');
    await fill(ballast);

    let delivery = 0;
    const deliver = () =>
      deliverPosts(webhook, `msg_${delivery}`, [
        { id: `post-${delivery}`, author: { id: 'a1', handle: 'ana' }, text: 'x'.repeat(20_000) },
      ]);
    const refused = await eventually(async () => {
      delivery += 1;
      const answer = await deliver();
      return answer.status === 202 ? undefined : answer;
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([
      503,
      expect.stringMatching(/^\d+$/),
    ]);
    await eventually(async () => ((await fetch(`${ops}/readyz`)).status === 503 ? true : undefined));

    await rm(ballast);
    await eventually(async () => ((await fetch(`${ops}/readyz`)).ok ? true : undefined));
    expect((await deliver()).status).toBe(202);
    up.kill('SIGTERM');
    expect(await up.ended).toBe(0);
  },
);
