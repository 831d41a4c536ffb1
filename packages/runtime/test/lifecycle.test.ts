import { describe, expect, it } from 'vitest';
import { Lifecycle, silentLogger } from '../index.ts';

describe('Lifecycle', () => {
  it('stops what was started last first, and everything even where one part fails', async () => {
    const stopped: string[] = [];
    const lifecycle = new Lifecycle(silentLogger());
    for (const name of ['store', 'log', 'matcher']) {
      lifecycle.add({
        name,
        stop: () => {
          stopped.push(name);
          return name === 'log' ? Promise.reject(new Error('no answer')) : Promise.resolve();
        },
      });
    }
    await expect(lifecycle.stop(1000)).rejects.toThrow('did not stop cleanly: log: no answer');
    expect(stopped).toEqual(['matcher', 'log', 'store']);
  });

  it('does not wait for ever for a part that hangs', async () => {
    const lifecycle = new Lifecycle(silentLogger());
    lifecycle.add({ name: 'stuck', stop: () => new Promise<void>(() => undefined) });
    await expect(lifecycle.stop(50)).rejects.toThrow(/stuck: still busy/);
  });

  it('stops once, however often it is asked', async () => {
    let times = 0;
    const lifecycle = new Lifecycle(silentLogger());
    lifecycle.add({
      name: 'part',
      stop: () => {
        times += 1;
        return Promise.resolve();
      },
    });
    await Promise.all([lifecycle.stop(1000), lifecycle.stop(1000)]);
    expect(times).toBe(1);
  });
});
