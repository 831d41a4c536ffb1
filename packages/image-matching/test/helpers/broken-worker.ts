/** A worker that misbehaves as under a hostile picture; the first byte of a job chooses how. */
import { parentPort } from 'node:worker_threads';
import { JobMessageSchema, type WorkerMessage } from '../../engine/messages.ts';

export const HANG = 1;
export const THROW = 2;
export const EXIT = 3;

parentPort?.on('message', (raw: unknown) => {
  const job = JobMessageSchema.parse(raw);
  const order = job.bytes[0];
  if (order === HANG) for (;;);
  if (order === THROW) throw new Error('out of memory, say');
  if (order === EXIT) process.exit(3);
  const data = new Uint8Array(job.bytes);
  parentPort?.postMessage({
    kind: 'done',
    id: job.id,
    widthPx: 1,
    heightPx: 1,
    data,
    notes: [],
    warnings: [],
  } satisfies WorkerMessage);
});
parentPort?.postMessage({ kind: 'ready' } satisfies WorkerMessage);
