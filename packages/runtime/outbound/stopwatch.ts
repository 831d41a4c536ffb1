export interface Stopwatch {
  /** Aborted when the time is up, and when the signal given at the start is. */
  readonly signal: AbortSignal;
  /** Stops the time for now. */
  pause(): void;
  /** Lets it go on. */
  resume(): void;
  stop(): void;
}

/** Starts a deadline that can be paused. Not by AbortSignal.timeout: in Node 20, a signal that `any` made of it may be collected unfired. */
export function startStopwatch(ms: number, signal?: AbortSignal): Stopwatch {
  const over = new AbortController();
  let leftMs = ms;
  let since = 0;
  let timer: NodeJS.Timeout | null = null;
  const pause = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    leftMs -= performance.now() - since;
  };
  const resume = () => {
    if (timer !== null) return;
    since = performance.now();
    timer = setTimeout(() => over.abort(new DOMException('the time is up', 'TimeoutError')), leftMs);
  };
  resume();
  return {
    signal: signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]),
    pause,
    resume,
    stop: pause,
  };
}
