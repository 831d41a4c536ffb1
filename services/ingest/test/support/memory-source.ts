import { MediaError, type Source, type SourceItem } from '../../sources/source.ts';

/** A source of given posts; its checkpoint is the number handed over. */
export function sourceOf(posts: readonly unknown[], over: Partial<Source> = {}): Source {
  return {
    name: 'test',
    transport: 'memory',
    platform: 'testnet',
    instance: 'one',
    async *read(checkpoint, signal) {
      for (const item of itemsOf(posts).slice(Number(checkpoint ?? 0))) {
        // Gives others their turn, as any real source would.
        await Promise.resolve();
        if (signal.aborted) return;
        yield item;
      }
    },
    openMedia: (file) => Promise.reject(new MediaError('missing-media', `\`${file}\` is not here`)),
    ...over,
  };
}

/** Posts as items; a string stands for itself, as raw text. */
export function itemsOf(posts: readonly unknown[]): SourceItem[] {
  return posts.map((post, index) => ({
    place: `test:${index + 1}`,
    raw: typeof post === 'string' ? post : JSON.stringify(post),
    checkpoint: String(index + 1),
  }));
}
