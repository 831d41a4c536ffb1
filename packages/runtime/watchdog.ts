import { Worker } from 'node:worker_threads';
import { type Stoppable } from './lifecycle.ts';

/** Number of looks in the time that the process may stand still. */
const LOOKS = 10;

/**
 * Runs in a thread of its own, which goes on while the main thread stands still. It counts its own looks, not the time: a
 * process that was stopped as a whole, or a machine that slept, has made no look.
 */
const WATCH = `
const { writeSync } = require('node:fs');
const { workerData } = require('node:worker_threads');
const { beats, lookMs, looks, farewell } = workerData;
let last = -1;
let still = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  still = now === last ? still + 1 : 0;
  last = now;
  if (still < looks) return;
  try {
    writeSync(2, farewell);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}, lookMs);
`;

/**
 * Ends the process with SIGKILL once its main thread has stood still for so long: nothing else in it can notice. Its
 * supervisor then starts it again.
 *
 * @param farewell - the last line on standard error
 */
export function startWatchdog({ limitMs, farewell }: { limitMs: number; farewell: string }): Stoppable {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const lookMs = Math.ceil(limitMs / LOOKS);
  const timer = setInterval(() => Atomics.add(beats, 0, 1), Math.ceil(lookMs / 2)).unref();
  const worker = new Worker(WATCH, {
    eval: true,
    // Loaders of the main thread would need it while it stands still.
    execArgv: [],
    workerData: { beats, lookMs, looks: LOOKS, farewell: `${farewell}\n` },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, codeRangeSizeMb: 2 },
  });
  worker.unref();
  return {
    name: 'watchdog',
    stop: async () => {
      clearInterval(timer);
      await worker.terminate();
    },
  };
}
