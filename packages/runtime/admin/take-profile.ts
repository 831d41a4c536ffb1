import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The names of files that Chrome's DevTools and VS Code open. */
export type ProfileKind = 'cpu' | 'heap';

/** Thrown while another profile is being taken: two at once would measure each other. */
export class ProfileBusyError extends Error {
  constructor() {
    super('a profile is being taken: wait until it is through');
    this.name = 'ProfileBusyError';
  }
}

/** Bytes between two samples of the heap, on average. */
const HEAP_SAMPLING_BYTES = 32_768;

let isTaking = false;

/**
 * Profiles this process for some seconds: time spent (`cpu`: .cpuprofile), or memory allocated and kept (`heap`: .heapprofile,
 * sampled). A profile names functions, files and lines, and holds no content of memory.
 *
 * @returns JSON of the Chrome DevTools Protocol
 * @throws ProfileBusyError if another is being taken
 */
export async function takeProfile(kind: ProfileKind, seconds: number, signal: AbortSignal): Promise<string> {
  if (isTaking) throw new ProfileBusyError();
  isTaking = true;
  const session = new Session();
  session.connect();
  try {
    return JSON.stringify(await (kind === 'cpu' ? sampleCpu : sampleHeap)(session, seconds, signal));
  } finally {
    session.disconnect();
    isTaking = false;
  }
}

async function sampleCpu(session: Session, seconds: number, signal: AbortSignal): Promise<unknown> {
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await sleep(seconds * 1000, undefined, { signal });
  return (await session.post('Profiler.stop')).profile;
}

async function sampleHeap(session: Session, seconds: number, signal: AbortSignal): Promise<unknown> {
  await session.post('HeapProfiler.startSampling', { samplingInterval: HEAP_SAMPLING_BYTES });
  await sleep(seconds * 1000, undefined, { signal });
  return (await session.post('HeapProfiler.stopSampling')).profile;
}
