import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The names of files that Chrome's DevTools and VS Code open. */
export type ProfileKind = 'cpu' | 'heap';

/** Somebody is looking already: two profiles at once would measure each other. */
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
 * What this process spends its time on (`cpu`: .cpuprofile), or allocates and keeps (`heap`: .heapprofile, sampled), while it
 * works on for so many seconds. No content of memory is in either: functions, files and lines.
 *
 * @returns JSON of the Chrome DevTools Protocol
 * @throws ProfileBusyError where one is being taken
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
