import { Worker } from 'node:worker_threads';

/** Beside this file in the sources; a bundle says where it has put its own. */
export const DEFAULT_WORKER_URL = new URL('./worker.ts', import.meta.url);

/** Registers tsx, then goes on with `workerData.entry`. */
const TYPESCRIPT_ENTRY = new URL('./typescript-entry.mjs', import.meta.url);

/** JavaScript heap of a worker; pixels and WebAssembly memory lie outside of it. */
const HEAP_MB = 512;

/** Starts a worker thread from JavaScript or, through tsx, from TypeScript: however this thread itself was started. */
export function startWorker(url: URL): Worker {
  return new Worker(url.pathname.endsWith('.ts') ? TYPESCRIPT_ENTRY : url, {
    execArgv: [],
    workerData: { entry: url.href },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
}
