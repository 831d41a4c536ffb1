/** Entry of a worker thread: decodes and fingerprints one picture after another. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import sharp from 'sharp';
import { decodeFirst } from '../decode/decode-image.ts';
import { ImageError } from '../errors/image-error.ts';
import { fingerprintAsset, fingerprintPost, WORKING_SIDE_PX } from '../fingerprint/fingerprint-image.ts';
import { leakAsset } from '../trial/leak-asset.ts';
import { POSTED_SIDE_PX } from '../trial/leak-picture.ts';
import { weighPicture } from '../decode/weigh-picture.ts';
import { ToWorkerSchema, type JobKind, type JobMessage, type WorkerMessage } from './messages.ts';

// Each worker keeps one processor busy by itself, and a cache would never be hit.
sharp.concurrency(1);
sharp.cache(false);

function send(port: MessagePort, message: WorkerMessage): void {
  port.postMessage(message);
}

/** Longest side of a picture that is shown to people: the widest that the console shows. */
const SHOWN_SIDE_PX = 1600;

/** Longest side that a job decodes a picture to. */
const SIDES_PX: Readonly<Record<JobKind, number>> = {
  fingerprint: WORKING_SIDE_PX,
  register: WORKING_SIDE_PX,
  leak: POSTED_SIDE_PX,
  show: SHOWN_SIDE_PX,
};

/** Asks the pool for the memory that decoding takes. */
async function mayDecode(job: JobMessage): Promise<boolean> {
  const bytes = await weighPicture(job.bytes, SIDES_PX[job.kind]);
  const answered = new Promise<boolean>((resolve) => (hearAnswer = resolve));
  send(port, { kind: 'weighed', id: job.id, bytes });
  return answered;
}

let hearAnswer: (isAllowed: boolean) => void = () => undefined;

async function answer(job: JobMessage): Promise<WorkerMessage> {
  try {
    if (!(await mayDecode(job))) {
      const message = 'decoding it takes more memory than there is for all pictures';
      return { kind: 'refused', id: job.id, reason: 'too-many-pixels', message };
    }
    if (job.kind === 'leak') return { kind: 'leaked', id: job.id, copies: await leakAsset(job.bytes) };
    if (job.kind === 'show') {
      const { width, height, data } = await decodeFirst(job.bytes, SHOWN_SIDE_PX);
      return { kind: 'shown', id: job.id, width, height, data };
    }
    const packed = await (job.kind === 'register' ? fingerprintAsset(job.bytes) : fingerprintPost(job.bytes));
    return { kind: 'done', id: job.id, ...packed };
  } catch (error) {
    // Any other error is a fault of the engine: let it end this worker, so that the pool reports it.
    if (!(error instanceof ImageError)) throw error;
    return { kind: 'refused', id: job.id, reason: error.reason, message: error.message };
  }
}

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const port = parentPort;
port.on('message', (message: unknown) => {
  const told = ToWorkerSchema.parse(message);
  if (told.kind === 'decode') hearAnswer(told.isAllowed);
  else void answer(told).then((reply) => send(port, reply));
});
send(port, { kind: 'ready' });
