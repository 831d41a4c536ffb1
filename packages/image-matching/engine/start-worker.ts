import { Worker } from 'node:worker_threads';

/** The worker in the sources; a bundle passes its own URL. */
export const DEFAULT_WORKER_URL = new URL('./worker.ts', import.meta.url);

/** Registers tsx, then loads `workerData.entry`. */
const TYPESCRIPT_ENTRY = new URL('./typescript-entry.mjs', import.meta.url);

/** JavaScript heap of a worker; pixels lie outside of it. */
const HEAP_MB = 512;

/** Starts a worker thread from JavaScript, or from TypeScript through tsx, as this thread itself was started. */
export function startWorker(url: URL): Worker {
  const worker = new Worker(url.pathname.endsWith('.ts') ? TYPESCRIPT_ENTRY : url, {
    execArgv: [],
    workerData: { entry: url.href },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    stdout: true,
  });
  // A decoder prints on damaged files, which must not get between the lines of a command.
  worker.stdout.resume();
  return worker;
}
