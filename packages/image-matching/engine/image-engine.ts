import { availableParallelism } from 'node:os';
import { DEFAULT_WORKER_URL, startWorker } from './start-worker.ts';
import { WorkerPool } from './worker-pool.ts';

export interface FingerprintedImage {
  /** As the picture is looked at (EXIF orientation applied). */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Packed; only an engine of the same `IMAGE_ENGINE` reads it. */
  readonly data: Uint8Array;
}

export interface RegisteredImage extends FingerprintedImage {
  /** For people: what of this asset will not be found. */
  readonly warnings: string[];
}

/** Computes fingerprints in worker threads of its own. */
export interface ImageEngine {
  /**
   * Fingerprints a post's picture.
   *
   * @throws ImageError when the picture is at fault, EngineUnavailableError when the engine is, or the signal's reason
   */
  fingerprint(bytes: Uint8Array, options?: { signal?: AbortSignal }): Promise<FingerprintedImage>;
  /** Fingerprints an asset. Throws like `fingerprint`. */
  register(bytes: Uint8Array): Promise<RegisteredImage>;
  /** Ends the workers; what is under way fails with EngineUnavailableError. */
  close(): Promise<void>;
}

export interface ImageEngineOptions {
  /** Threads; one a processor where not given. */
  readonly workers?: number;
  /** Longest time that one picture may take once begun; 20 s. */
  readonly deadlineMs?: number;
  /** Pictures that may wait before more are refused; 4096. */
  readonly maxWaiting?: number;
  /** The worker's entry, for a bundle that has moved it. */
  readonly workerUrl?: URL;
}

/** @throws EngineUnavailableError when the workers don't start */
export async function createImageEngine(options: ImageEngineOptions = {}): Promise<ImageEngine> {
  const url = options.workerUrl ?? DEFAULT_WORKER_URL;
  const pool = new WorkerPool({
    workers: options.workers ?? availableParallelism(),
    deadlineMs: options.deadlineMs ?? 20_000,
    maxWaiting: options.maxWaiting ?? 4096,
    startWorker: () => startWorker(url),
  });
  await pool.started();
  return {
    fingerprint: async (bytes, { signal } = {}) => {
      const { widthPx, heightPx, data } = await pool.run('fingerprint', bytes, signal);
      return { widthPx, heightPx, data };
    },
    register: (bytes) => pool.run('register', bytes),
    close: () => pool.close(),
  };
}
