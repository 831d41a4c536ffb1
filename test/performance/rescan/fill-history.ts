import {
  sha256Hex,
  SubmittedPostSchema,
  WatchListSchema,
  type ImageFingerprint,
  type RegisteredCampaign,
} from '@leakwatch/contracts';
import { type EventLog, type OutgoingRecord } from '@leakwatch/event-log';
import { createImageEngine, IMAGE_ENGINE, type ImageEngine } from '@leakwatch/image-matching';
import { createMockSource, type MockSource, type MockSourceOptions } from '@leakwatch/ingest';
import { imageFingerprint, textFingerprint } from '../../../services/rescan/test/support/stored-posts.ts';

/** Share of innocent posts with a picture. A third of the leaks have one, too; the mock draws about a hundred different ones. */
const IMAGE_SHARE = 0.01;
const APPEND_RECORDS = 1000;

/** Writes posts of the mock source as fingerprints straight into the log, without ingest and matchers. */
export interface History {
  readonly seed: number;
  readonly source: MockSource;
  /** The mock brands' registered campaigns. */
  readonly campaigns: readonly RegisteredCampaign[];
  /** Appends posts `from` (inclusive) to `to`; gives the number of records and bytes. */
  fill(log: Pick<EventLog, 'publish'>, from: number, to: number): Promise<{ records: number; bytes: number }>;
  close(): Promise<void>;
}

/** Makes posts for the history, one after the other without a pause. */
export function historyOptions(seed: number): MockSourceOptions {
  return { seed, ratePerSecond: 1_000_000, imageShare: IMAGE_SHARE, sleep: () => Promise.resolve() };
}

export async function openHistory(seed: number): Promise<History> {
  const engine = await createImageEngine();
  const source = createMockSource(historyOptions(seed));
  const pictureOf = pictureShop(source, engine);
  return {
    seed,
    source,
    campaigns: await register(source, engine),
    fill: async (log, from, to) => {
      let waiting: OutgoingRecord[] = [];
      const total = { records: 0, bytes: 0 };
      const append = async () => {
        total.records += waiting.length;
        for (const { value } of waiting) total.bytes += value.byteLength;
        await log.publish(waiting);
        waiting = [];
      };
      let n = from;
      for await (const { raw } of source.read(String(from), new AbortController().signal)) {
        const post = SubmittedPostSchema.parse(JSON.parse(raw));
        const stored = { nativeId: post.id, creatorId: source.truthOf(n).creatorId };
        waiting.push(textFingerprint({ ...stored, text: post.text ?? '' }));
        const files = (post.media ?? []).flatMap(({ file }) => file ?? []);
        if (files.length > 0) {
          waiting.push(imageFingerprint({ ...stored, images: await Promise.all(files.map(pictureOf)) }));
        }
        if (waiting.length >= APPEND_RECORDS) await append();
        n += 1;
        if (n >= to) break;
      }
      await append();
      return total;
    },
    close: () => engine.close(),
  };
}

/** Fingerprints each of the mock's pictures once. */
function pictureShop(source: MockSource, engine: ImageEngine): (file: string) => Promise<ImageFingerprint> {
  const known = new Map<string, Promise<ImageFingerprint>>();
  const draw = async (file: string): Promise<ImageFingerprint> => {
    const bytes = await source.openMedia(file);
    const { data, widthPx, heightPx } = await engine.fingerprint(bytes);
    const packed = Buffer.from(data).toString('base64');
    return { mediaIndex: 0, sha256: sha256Hex(bytes), widthPx, heightPx, data: packed };
  };
  return (file) => {
    const drawn = known.get(file) ?? draw(file);
    known.set(file, drawn);
    return drawn;
  };
}

async function register(source: MockSource, engine: ImageEngine): Promise<RegisteredCampaign[]> {
  const { campaigns } = WatchListSchema.parse(source.watchList());
  return Promise.all(
    campaigns.map(async (campaign) => ({
      ...campaign,
      assets: await Promise.all(
        campaign.assets.map(async (asset) => {
          const picture = await source.openMedia(asset.file);
          const { data } = await engine.register(picture);
          const fingerprint = Buffer.from(data).toString('base64');
          return { ...asset, sha256: sha256Hex(picture), engine: IMAGE_ENGINE, fingerprint };
        }),
      ),
    })),
  );
}
