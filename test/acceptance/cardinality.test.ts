/** Checks that the number of series does not grow with the watch list: labels hold no creator, campaign, term or asset. */
import { saveWatchList } from '@leakwatch/store';
import { afterAll, expect, it } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { openWholePipeline, type WholePipeline } from '../harness/whole-pipeline.ts';

type WatchListContent = Parameters<typeof saveWatchList>[1];

let pipeline: WholePipeline;
afterAll(() => pipeline.close());

/** Makes creators and campaigns with different names; each creator is briefed for one campaign. */
function watchListOf(campaigns: number, creators: number): WatchListContent {
  return {
    campaigns: Array.from({ length: campaigns }, (_, index) => ({
      id: `campaign-${index}`,
      name: `Campaign ${index}`,
      sensitivity: 'normal' as const,
      terms: [{ id: `name-${index}`, text: nameOf(index) }],
      assets: [],
      creators: briefedFor(index, campaigns, creators),
      approvedPosts: [],
    })),
    creators: Array.from({ length: creators }, (_, index) => ({
      id: `creator-${index}`,
      accounts: [{ platform: 'mastodon', handle: `handle${index}` }],
      risk: {
        partnerships: index % 5,
        confirmedLeaks: 0,
        concurrentPartnerships: 0,
        trusted: false,
        underInvestigation: false,
        followers: 0,
      },
    })),
  };
}

/** The campaign that a creator is briefed for. */
function briefedFor(campaign: number, campaigns: number, creators: number): string[] {
  const share = creators / campaigns;
  return Array.from({ length: share }, (_, index) => `creator-${campaign * share + index}`);
}

const SYLLABLES = ['ba', 'cor', 'dul', 'fen', 'gix', 'hom', 'jaz', 'kip', 'lur', 'mev'];

/** A name made of the digits of its number, so that no two are alike. */
function nameOf(index: number): string {
  const digits = String(index).padStart(4, '0');
  return `Zor${Array.from(digits, (digit) => SYLLABLES[Number(digit)]).join('')}quil`;
}

/**
 * The series of an exposition. Tiers and severities count as one: the ones seen so far depend on which creators leaked, not on the
 * size of the watch list.
 */
async function seriesOf({ metrics }: WholePipeline): Promise<Set<string>> {
  const lines = (await metrics.registry.metrics()).split('\n');
  const series = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return new Set(
    series.map((line) =>
      line
        .replace(/ \S+$/, '')
        .replace(/tier="[1-5]"/, 'tier="any"')
        .replace(/severity="(low|medium|high|critical)"/, 'severity="any"'),
    ),
  );
}

async function alertsCreated({ metrics }: WholePipeline): Promise<number> {
  return (await metrics.alertsCreated.get()).values.reduce((total, { value }) => total + value, 0);
}

/** Lets creators of all campaigns post, every second post a leak, and waits until all are judged. */
async function playThrough(
  round: string,
  campaigns: number,
  posting: number,
  creators: number,
): Promise<void> {
  const posts = Array.from({ length: posting }, (_, index) => ({
    id: `${round}-${index}`,
    author: `handle${Math.floor((index * creators) / posting)}`,
    text:
      index % 2 === 0
        ? `my ${nameOf(Math.floor((index * campaigns) / posting))} is here`
        : `a day like any other, number ${index}`,
  }));
  for (let from = 0; from < posts.length; from += 1000)
    await pipeline.post(...posts.slice(from, from + 1000));
  await eventually(async () => {
    const lags = await Promise.all(
      [
        ['posts', 'matcher-text'],
        ['posts', 'matcher-image'],
        ['detections', 'alerting'],
      ].map(async ([topic = '', group = '']) => {
        const ends = await pipeline.log.endOffsets(topic);
        const committed = await pipeline.log.committedOffsets(group, topic);
        return [...ends].every(([partition, end]) => (committed.get(partition) ?? 0n) === end);
      }),
    );
    return lags.every((isThrough) => isThrough) ? true : undefined;
  });
}

it(
  'is with 10,000 creators and 1,000 campaigns what it was with 10 of each',
  { timeout: 300_000 },
  async () => {
    pipeline = await openWholePipeline({ watchList: watchListOf(10, 10) });
    // Repeat, so that every kind of creator leaks once.
    for (let round = 0; round < 5; round += 1) await playThrough(`few-${round}`, 10, 20, 10);
    const few = await seriesOf(pipeline);
    const before = await alertsCreated(pipeline);

    const { version } = await pipeline.store.transaction((tx) =>
      saveWatchList(tx, watchListOf(1000, 10_000)),
    );
    await eventually(() =>
      Promise.resolve(pipeline.matcher.watchListVersion() === version ? true : undefined),
    );
    await playThrough('many', 1000, 600, 10_000);
    const many = await seriesOf(pipeline);

    // Names that differ in one syllable also match as misspellings of each other.
    expect((await alertsCreated(pipeline)) - before).toBeGreaterThanOrEqual(300);
    expect([...many].filter((series) => !few.has(series))).toEqual([]);
    expect(many.size).toBe(few.size);
    for (const series of many) expect(series).not.toMatch(/campaign-|creator-|handle\d|quil/);
  },
);

it('does not grow with the platforms that posts claim, and shows none of them', async () => {
  const before = await seriesOf(pipeline);
  const opened = await alertsCreated(pipeline);
  await pipeline.post(
    ...Array.from({ length: 300 }, (_, index) => ({
      id: `claims-${index}`,
      author: `stranger${index}`,
      platform: `claimed-${index} ${nameOf(0)}`,
      text: `my ${nameOf(index)} is here`,
    })),
  );
  await eventually(async () => ((await alertsCreated(pipeline)) - opened >= 300 ? true : undefined));
  const after = await seriesOf(pipeline);
  // All of them are strangers on other platforms: at most each series of one label value is new.
  expect([...after].filter((series) => !before.has(series) && !series.includes('platform="other"'))).toEqual(
    [],
  );
  for (const series of after) expect(series).not.toMatch(/claimed|quil/);
});
