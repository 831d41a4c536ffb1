/**
 * Works on up to `window` items at once and yields the results in the items' order. A synchronous result costs no promise:
 * a million texts must not be a million turns of the event loop.
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  window: number,
  work: (item: T) => R | Promise<R>,
): AsyncGenerator<R> {
  const waiting: (R | Promise<R>)[] = [];
  for await (const item of items) {
    const result = work(item);
    if (waiting.length === 0 && !(result instanceof Promise)) {
      yield result;
      continue;
    }
    // A rejection is thrown in its turn; until then it must not count as unhandled.
    if (result instanceof Promise) result.catch(() => undefined);
    waiting.push(result);
    if (waiting.length >= window) yield await takeFirst(waiting);
  }
  while (waiting.length > 0) yield await takeFirst(waiting);
}

function takeFirst<R>(waiting: (R | Promise<R>)[]): R | Promise<R> {
  const [first] = waiting.splice(0, 1);
  if (first === undefined) throw new RangeError('nothing is waiting');
  return first;
}
