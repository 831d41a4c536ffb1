import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Source, type SourceItem } from '@leakwatch/ingest/source';

const DatedSchema = z.looseObject({
  publishedAt: z.string().optional(),
  editedAt: z.string().optional(),
  deletedAt: z.string().optional(),
});

/**
 * Replays a recorded source at a fixed rate, as if its posts were published now: every time in a post becomes the moment it
 * is handed over. Lines that are no JSON pass unchanged.
 */
export function replayAsLive(
  recorded: Source,
  options: { ratePerSecond: number; clock: () => Date },
): Source {
  return {
    ...recorded,
    name: `${recorded.name}:live`,
    read: async function* (_checkpoint, signal): AsyncGenerator<SourceItem> {
      const started = options.clock().getTime();
      let handedOver = 0;
      for await (const item of recorded.read(null, signal)) {
        const due = started + (handedOver / options.ratePerSecond) * 1000;
        const early = due - options.clock().getTime();
        if (early > 0) await sleep(early, undefined, { signal });
        handedOver += 1;
        yield { ...item, raw: restamp(item.raw, options.clock()), checkpoint: null };
      }
    },
  };
}

function restamp(raw: string, now: Date): string {
  const post = DatedSchema.safeParse(parseOrNull(raw));
  if (!post.success) return raw;
  const at = now.toISOString();
  return JSON.stringify({
    ...post.data,
    publishedAt: at,
    ...(post.data.editedAt === undefined ? {} : { editedAt: at }),
    ...(post.data.deletedAt === undefined ? {} : { deletedAt: at }),
  });
}

function parseOrNull(raw: string): unknown {
  try {
    const value: unknown = JSON.parse(raw);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
