import { createImageEngine, type ImageEngine } from '@leakwatch/image-matching';

/** The console looks at one picture at a time, and at none for days: its engine starts with the first. */
export interface PictureEngine {
  readonly get: () => Promise<ImageEngine>;
  close(): Promise<void>;
}

const DECODING_BYTES = 512 * 1024 * 1024;
const MOST_WAITING = 64;

export function openPictureEngine(): PictureEngine {
  let engine: Promise<ImageEngine> | null = null;
  return {
    get: () => {
      engine ??= createImageEngine({
        workers: 1,
        maxWaiting: MOST_WAITING,
        decodingBytes: DECODING_BYTES,
      }).catch((error: unknown) => {
        engine = null;
        throw error;
      });
      return engine;
    },
    close: async () => {
      await (await engine)?.close();
    },
  };
}
