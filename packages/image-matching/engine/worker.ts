/** The entry of a worker thread: decodes and fingerprints one picture after another. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import sharp from 'sharp';
import { ImageError } from '../errors.ts';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { JobMessageSchema, type JobMessage, type WorkerMessage } from './messages.ts';

// A worker is a processor's worth of work by itself, and no two pictures are the same.
sharp.concurrency(1);
sharp.cache(false);

function send(port: MessagePort, message: WorkerMessage): void {
  port.postMessage(message);
}

async function answer(job: JobMessage): Promise<WorkerMessage> {
  try {
    const packed = await (job.kind === 'register' ? fingerprintAsset(job.bytes) : fingerprintPost(job.bytes));
    return { kind: 'done', id: job.id, ...packed };
  } catch (error) {
    // Anything but a named failure is a fault of the engine: it ends this worker, and the pool says so.
    if (!(error instanceof ImageError)) throw error;
    return { kind: 'refused', id: job.id, reason: error.reason, message: error.message };
  }
}

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const port = parentPort;
port.on('message', (message: unknown) => {
  void answer(JobMessageSchema.parse(message)).then((reply) => send(port, reply));
});
send(port, { kind: 'ready' });
