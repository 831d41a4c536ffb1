import { createMockSource, type MockSourceOptions } from '@leakwatch/ingest';

/** A post as a line of JSON without its end; the sender adds the time of publication. */
export interface PlannedPost {
  readonly id: string;
  readonly head: string;
  /** Watch-list items that the post leaks. */
  readonly leaks: readonly string[];
}

/** One in two hundred, many times a brand's real share. Half as many more mention a campaign whose embargo has lifted. */
const LEAK_SHARE = 0.005;

/**
 * Makes posts of invented creators in many languages, some of them leaks. A seed fixes the posts and the leaks planted in
 * them.
 */
export function createPlantedPosts(
  options: Pick<MockSourceOptions, 'seed' | 'imageShare' | 'leakShare' | 'creators'>,
) {
  // The world's timetable is not used: each sender has its own.
  const mock = createMockSource({ leakShare: LEAK_SHARE, ...options, ratePerSecond: 1e9 });
  const lines = mock.read(null, new AbortController().signal)[Symbol.asyncIterator]();
  let next = 0;
  return {
    watchList: () => mock.watchList(),
    openMedia: (file: string) => mock.openMedia(file),
    /** The next posts, never handed out before. */
    async take(count: number): Promise<PlannedPost[]> {
      const posts: PlannedPost[] = [];
      while (posts.length < count) {
        const line = await lines.next();
        if (line.done === true) throw new Error('the mock source never ends by itself');
        const { postId, leaks } = mock.truthOf(next);
        next += 1;
        posts.push({
          id: postId,
          head: headOf(line.value.raw, mock),
          leaks: leaks.map(({ campaignId, itemId }) => `${postId} ${campaignId} ${itemId}`),
        });
      }
      return posts;
    },
  };
}

export type PlantedPosts = ReturnType<typeof createPlantedPosts>;

/** The line up to the time of publication, under the platform of the mock's accounts. */
function headOf(raw: string, { platform, instance }: { platform: string; instance: string }): string {
  const publishedAt = raw.lastIndexOf('"publishedAt":');
  return `{"platform":"${platform}","instance":"${instance}",${raw.slice(1, publishedAt)}`;
}

/** The whole line, published at an instant. */
export function lineOf({ head }: PlannedPost, publishedAt: Date): string {
  return `${head}"publishedAt":"${publishedAt.toISOString()}"}\n`;
}
