import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { type PictureNote } from '../decode/picture-note.ts';
import { type RgbImage } from '../decode/rgb-image.ts';
import { type LeakedCopy } from '../trial/leak-ways.ts';
import { DEFAULT_WORKER_URL, startWorker } from './start-worker.ts';
import { type JobResult } from './messages.ts';
import { WorkerPool } from './worker-pool.ts';

export interface FingerprintedImage {
  /** Size with the EXIF orientation applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** The packed fingerprint. Only an engine of the same `IMAGE_ENGINE` reads it. */
  readonly data: Uint8Array;
  /** Parts of the file that the fingerprint does not cover; empty for most pictures. */
  readonly notes: readonly PictureNote[];
}

export interface RegisteredImage extends FingerprintedImage {
  /** Notes for people on copies that will not be found. */
  readonly warnings: string[];
}

/** Computes fingerprints in its own worker threads. */
export interface ImageEngine {
  /**
   * Fingerprints a post's picture.
   *
   * @throws ImageError when the picture is at fault, EngineUnavailableError when the engine is, or the signal's reason
   */
  fingerprint(bytes: Uint8Array, options?: { signal?: AbortSignal }): Promise<FingerprintedImage>;
  /** Fingerprints an asset. Throws like `fingerprint`. */
  register(bytes: Uint8Array): Promise<RegisteredImage>;
  /** Leaks an asset in every way that is tried, and fingerprints the copies. Throws like `fingerprint`. */
  leak(bytes: Uint8Array): Promise<readonly LeakedCopy[]>;
  /** Gives the pixels of a picture's first frame, for people to look at: fitted into 1600 px, upright, opaque. Throws like `fingerprint`. */
  show(bytes: Uint8Array): Promise<RgbImage>;
  /** Ends the workers; open jobs fail with EngineUnavailableError. */
  close(): Promise<void>;
}

export interface ImageEngineOptions {
  /** Number of threads; one a processor by default. */
  readonly workers?: number;
  /** Longest time for one picture, without its wait; 20 s by default. */
  readonly deadlineMs?: number;
  /** Most pictures that may wait; more are refused. 4096 by default. */
  readonly maxWaiting?: number;
  /** Memory for decoding, for all threads together; a picture that needs more is refused. No limit by default. */
  readonly decodingBytes?: number;
  /** Entry of the worker, for a bundle that moved it. */
  readonly workerUrl?: URL;
}

/** A picture that many accounts repost is fingerprinted once while it is among the last, by this many bytes of fingerprints. */
const RECENT_BYTES = 32_000_000;

/** @throws EngineUnavailableError when the workers don't start */
export async function createImageEngine(options: ImageEngineOptions = {}): Promise<ImageEngine> {
  const url = options.workerUrl ?? DEFAULT_WORKER_URL;
  const pool = new WorkerPool({
    workers: options.workers ?? availableParallelism(),
    deadlineMs: options.deadlineMs ?? 20_000,
    maxWaiting: options.maxWaiting ?? 4096,
    decodingBytes: options.decodingBytes ?? Number.POSITIVE_INFINITY,
    startWorker: () => startWorker(url),
  });
  await pool.started();
  const recent = new LRUCache<string, FingerprintedImage>({
    maxSize: RECENT_BYTES,
    sizeCalculation: ({ data }) => data.length,
  });
  return {
    fingerprint: async (bytes, { signal } = {}) => {
      const digest = createHash('sha256').update(bytes).digest('base64');
      const held = recent.get(digest);
      if (held !== undefined) return held;
      const { widthPx, heightPx, data, notes } = registeredOf(await pool.run('fingerprint', bytes, signal));
      const fingerprinted = { widthPx, heightPx, data, notes };
      recent.set(digest, fingerprinted);
      return fingerprinted;
    },
    register: async (bytes) => registeredOf(await pool.run('register', bytes)),
    leak: async (bytes) => {
      const result = await pool.run('leak', bytes);
      if (result.kind !== 'leaked') throw unexpected(result);
      return result.copies;
    },
    show: async (bytes) => {
      const result = await pool.run('show', bytes);
      if (result.kind !== 'shown') throw unexpected(result);
      const { width, height, data } = result;
      return { width, height, data };
    },
    close: () => pool.close(),
  };
}

function registeredOf(result: JobResult): RegisteredImage {
  if (result.kind !== 'done') throw unexpected(result);
  const { widthPx, heightPx, data, notes, warnings } = result;
  return { widthPx, heightPx, data, notes, warnings };
}

function unexpected({ kind }: JobResult): Error {
  return new Error(`an image worker answered another question: ${kind}`);
}
