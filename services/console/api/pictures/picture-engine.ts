import { createImageEngine, type ImageEngine } from '@leakwatch/image-matching';
import { onDemand, type OnDemand } from '../on-demand.ts';

const DECODING_BYTES = 512 * 1024 * 1024;
const MOST_WAITING = 256;

/** The console looks at one picture at a time, and at none for days: its engine starts with the first. */
export function openPictureEngine(): OnDemand<ImageEngine> {
  return onDemand(
    () => createImageEngine({ workers: 1, maxWaiting: MOST_WAITING, decodingBytes: DECODING_BYTES }),
    (engine) => engine.close(),
  );
}
