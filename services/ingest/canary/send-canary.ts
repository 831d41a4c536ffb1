import { randomUUID } from 'node:crypto';
import { CANARY_PICTURE_FILE, CANARY_SOURCE, canaryPicture, canarySubmission } from '@leakwatch/canary';
import { postThreadId, type Lane } from '@leakwatch/contracts';
import { type IngestContext } from '../context.ts';
import { checkItems, prepareBatch } from '../pipeline.ts';
import { registerSource } from '../queries/register-source.ts';
import { MediaError, type SourceOrigin } from '../sources/source.ts';
import { expectCanary } from './queries/expect-probes.ts';

const ORIGIN: SourceOrigin = {
  ...CANARY_SOURCE,
  openMedia: (file) =>
    file === CANARY_PICTURE_FILE
      ? Promise.resolve(canaryPicture())
      : Promise.reject(new MediaError('missing-media', 'the canary has no such picture')),
};

/** Sends a synthetic post along the usual way: checked, normalised, its picture stored, published. */
export async function sendCanary(lanes: readonly Lane[], { parts, publish }: IngestContext): Promise<void> {
  const { pool } = parts.store;
  await registerSource(pool, ORIGIN);
  const id = randomUUID();
  const submission = canarySubmission(id, parts.clock(), lanes.includes('image'));
  const item = { place: id, raw: JSON.stringify(submission), checkpoint: null };
  const batch = await prepareBatch(ORIGIN, checkItems([item]), parts);
  for (const post of batch.posts) {
    await expectCanary(pool, { postId: post.id, threadId: postThreadId(post), lanes });
  }
  await publish(batch, { record: () => Promise.resolve() });
}
