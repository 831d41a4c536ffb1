import { WatchListSchema } from '@leakwatch/contracts';
import { type MockSource } from '@leakwatch/ingest';
import { type WatchListFile } from '@leakwatch/matching';

/** Makes a watch list of the mock source's campaigns, with pictures drawn for their assets. */
export async function mockWatchListFile(source: MockSource): Promise<WatchListFile> {
  const list = WatchListSchema.parse(source.watchList());
  const files = list.campaigns.flatMap((campaign) => campaign.assets.map((asset) => asset.file));
  const pictures = await Promise.all(
    files.map(async (file): Promise<[string, Uint8Array]> => [file, await source.openMedia(file)]),
  );
  return { list, pictures: new Map(pictures) };
}
