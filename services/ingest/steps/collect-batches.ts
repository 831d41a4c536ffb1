import { type SourceItem } from '../sources/source.ts';
import { settle, unwrap } from './settle.ts';

export interface BatchBounds {
  readonly posts: number;
  /** Size of the items as they came. */
  readonly bytes: number;
  /** Milliseconds that a batch waits for more after its first item; longer while it could not be published anyway. */
  readonly waitMs: number;
}

/**
 * Groups a source's items into batches. A batch ends at a number of posts or bytes, or after a time. While a batch is in
 * work, only one further item is asked for.
 *
 * @param untilFree - resolves when the batches before are through: the slower they are, the larger the next one
 */
export async function* collectBatches(
  items: AsyncIterable<SourceItem>,
  bounds: BatchBounds,
  untilFree: () => Promise<unknown>,
): AsyncGenerator<SourceItem[]> {
  const iterator = items[Symbol.asyncIterator]();
  const pull = () => settle(iterator.next());
  try {
    let pending = pull();
    for (;;) {
      const first = unwrap(await pending);
      if (first.done === true) return;
      const batch = [first.value];
      let bytes = sizeOf(first.value);
      pending = pull();

      const time = startTimer(bounds.waitMs, untilFree);
      while (batch.length < bounds.posts && bytes < bounds.bytes) {
        const pulled = await Promise.race([pending, time.over]);
        // An end or an error is met again at the head of the next round, after this batch.
        if (pulled === null || pulled.status === 'rejected' || pulled.value.done === true) break;
        batch.push(pulled.value.value);
        bytes += sizeOf(pulled.value.value);
        pending = pull();
      }
      time.stop();
      yield batch;
    }
  } finally {
    await iterator.return?.();
  }
}

function sizeOf(item: SourceItem): number {
  return item.raw.length + (item.problem?.bytes.length ?? 0);
}

function startTimer(
  ms: number,
  untilFree: () => Promise<unknown>,
): { over: Promise<null>; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(() => void untilFree().then(() => resolve(null)), ms);
  });
  return { over, stop: () => clearTimeout(timer) };
}
