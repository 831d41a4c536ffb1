import { type DeadLetter } from '@leakwatch/contracts';
import { type IngestContext } from './context.ts';
import { checkItems, prepareBatch } from './pipeline.ts';
import { loadSource } from './queries/load-source.ts';
import { itemOfBytes } from './sources/item-of-bytes.ts';
import { MediaError, type SourceOrigin } from './sources/source.ts';
import { placeOfPost } from './steps/write-dead-letters.ts';

export type OpenMedia = SourceOrigin['openMedia'];

/**
 * Takes the payload of a dead letter again. It keeps its first place and arrival time, and hence its identity. A post that
 * was published without its media is published again with them, under the same id.
 *
 * @throws Error that says why it still can't be taken
 */
export async function replayLetter(
  letter: DeadLetter,
  payload: Uint8Array,
  openMedia: OpenMedia | undefined,
  { parts, publish }: IngestContext,
): Promise<void> {
  if (letter.origin.kind !== 'source') throw new Error(`dead letter ${letter.id} is not from a source`);
  const known = await loadSource(parts.store.pool, letter.origin.source);
  if (known === null) throw new Error(`unknown source ${letter.origin.source}`);
  const source: SourceOrigin = { ...known, openMedia: openMedia ?? missMedia };

  const [check] = checkItems([itemOfBytes(placeOfPost(letter.origin.place), payload, null)]);
  if (check === undefined || !check.ok) throw new Error(check?.refusal.message);
  const batch = await prepareBatch(source, [check], parts, new Date(letter.firstFailedAt));
  const missing = batch.posts.flatMap((post) => post.media).find((media) => media.fetchError !== null);
  if (missing !== undefined) throw new Error(`media[${missing.index}]: ${missing.fetchError ?? ''}`);
  await publish(batch, { record: () => Promise.resolve(), repeatNewest: true });
}

function missMedia(file: string): Promise<never> {
  return Promise.reject(new MediaError('missing-media', `\`${file}\` is missing: no media folder was given`));
}
