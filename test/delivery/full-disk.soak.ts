/** A disk that is full under the broker's log: a small tmpfs, which only root can mount. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createKafkaEventLog, ensureTopics } from '@leakwatch/event-log/kafka';
import { startLocalKafka } from '@leakwatch/event-log/testing';
import { hasJavaAndMaven } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { expect, onTestFinished } from 'vitest';

const run = promisify(execFile);
const DISK_MIB = 120;
const RECORD_BYTES = 200_000;
const TOPIC = 'posts';

/** Mounts a small disk for the running test. */
async function smallDisk(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', folder]);
  onTestFinished(async () => {
    await run('umount', ['--lazy', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

itNeeds('Java, Maven, and root that may mount', hasJavaAndMaven() && canMount)(
  'a full disk under the broker: appends are refused aloud, what was acknowledged is there once there is room again',
  async () => {
    const disk = await smallDisk();
    // A file that an operator can delete to make room.
    const ballast = path.join(disk, 'ballast');
    await writeFile(ballast, Buffer.alloc(20 * 2 ** 20));
    const kafka = await startLocalKafka({ dataDir: disk });
    onTestFinished(() => kafka.stop());
    const connection = { brokers: kafka.brokers, clientId: 'leakwatch-full-disk' };
    await ensureTopics(connection, [{ topic: TOPIC, partitions: 1, replicationFactor: 1, config: {} }]);
    const log = await createKafkaEventLog({
      ...connection,
      topics: [TOPIC],
      answerMs: 4000,
      appendWithinMs: 4000,
    });
    onTestFinished(() => log.close());

    const acknowledged: string[] = [];
    const append = async (n: number) => {
      const value = Buffer.alloc(RECORD_BYTES, `${n} `);
      await log.publish([{ topic: TOPIC, key: 'one', value, headers: { n: String(n) } }]);
      acknowledged.push(String(n));
    };
    const fill = async () => {
      for (let n = 0; ; n += 1) await append(n);
    };
    await expect(fill()).rejects.toMatchObject({ name: 'EventLogError', code: 'log-unavailable' });
    expect(acknowledged.length).toBeGreaterThan(100);

    await kafka.kill9();
    await rm(ballast);
    await kafka.restart();
    const kept: string[] = [];
    for await (const records of log.replay({ topic: TOPIC })) {
      kept.push(...records.map(({ headers }) => headers['n'] ?? ''));
    }
    expect(acknowledged.filter((n) => !kept.includes(n))).toEqual([]);
    await append(-1);
  },
);
