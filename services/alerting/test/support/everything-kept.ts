import { sha256Hex, type Detection } from '@leakwatch/contracts';
import { keepEvidenceBytes, keepEvidenceMedia, saveBlob } from '@leakwatch/store';
import { type TestStore } from '@leakwatch/store/testing';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { receiveTip } from '../../desk/tips/receive-tip.ts';
import { decideSample, nextSample } from '../../measure/sampling/review-samples.ts';
import { detection, type DetectionTraits } from './detections.ts';
import { post, postRecord } from './posts.ts';
import { NOW, until, type Scene } from './scene.ts';

export const LINK = 'https://instagram.com/p/the-address';
export const NATIVE = 'native-of-the-post';

/** A detection whose words tell whose it is, with its evidence kept. */
export async function detectionWithEvidence(
  store: TestStore,
  traits: DetectionTraits & { creatorId: string },
): Promise<Detection> {
  const { creatorId } = traits;
  const record = Buffer.from(JSON.stringify({ text: `the words of ${creatorId}, ${traits.nativeId}` }));
  const picture = Buffer.from(`the picture of ${creatorId}, ${traits.nativeId}`);
  await keepEvidenceBytes(store.pool, [
    { sha256: sha256Hex(record), mime: 'application/json', bytes: record },
    { sha256: sha256Hex(picture), mime: 'image/jpeg', bytes: picture },
  ]);
  const recordSha256 = sha256Hex(record);
  const media = { recordSha256, mediaIndex: 0, sha256: sha256Hex(picture) };
  await keepEvidenceMedia(store.pool, [media]);
  const one = detection({ matched: `secret-of-${creatorId}`, ...traits });
  return {
    ...one,
    post: { ...one.post, authorHandle: `handle-of-${creatorId}` },
    excerpt: `the words of ${creatorId}`,
    kept: { form: 'post', recordSha256 },
  };
}

/** Posts, alerts with verdicts, a suppressed detection, samples, a tip, a stored picture: of each creator. */
export async function fillEverything(scene: Scene, creators: readonly string[]): Promise<void> {
  for (const creatorId of creators) {
    const sha256 = await saveBlob(scene.store.pool, {
      bytes: Buffer.from(`upload of ${creatorId}`),
      mime: 'image/png',
    });
    const claim = {
      uri: `blob:${sha256}`,
      sha256,
      bytes: 1,
      mime: 'image/png',
      fetchedAt: NOW.toISOString(),
    };
    const written = {
      ...post({
        nativeId: `${NATIVE}-${creatorId}`,
        creatorId,
        publishedAt: NOW.toISOString(),
        text: `the words of ${creatorId}`,
      }),
      canonicalUrl: `${LINK}-${creatorId}`,
      media: [
        {
          index: 0,
          kind: 'image' as const,
          sourceUrl: null,
          declaredMime: null,
          altText: null,
          widthPx: null,
          heightPx: null,
          durationMs: null,
          fetchError: null,
          claim,
        },
      ],
    };
    await scene.publish(
      postRecord(written),
      postRecord(
        post({ nativeId: `other-${creatorId}`, creatorId, publishedAt: NOW.toISOString(), text: 'innocent' }),
      ),
    );
    const link = { canonicalUrl: `${LINK}-${creatorId}` };
    await scene.detect(
      await detectionWithEvidence(scene.store, { creatorId, nativeId: `${NATIVE}-${creatorId}`, ...link }),
      await detectionWithEvidence(scene.store, { creatorId, nativeId: `second-${creatorId}` }),
      await detectionWithEvidence(scene.store, {
        creatorId,
        nativeId: `${NATIVE}-${creatorId}`,
        campaignId: 'borealis',
        ...link,
      }),
      await detectionWithEvidence(scene.store, { creatorId, nativeId: `weak-${creatorId}`, confidence: 0.1 }),
    );
    await receiveTip(
      scene.store.pool,
      {
        links: [`${LINK}-${creatorId}`],
        seen: `the words of ${creatorId}`,
        contact: `handle-of-${creatorId}`,
      },
      { sender: { name: 'a peer', class: 'peer' }, key: null },
    );
  }
  await until(async () => {
    const { rowCount } = await scene.store.pool.query('SELECT 1 FROM review_sample');
    return rowCount === 2 * creators.length;
  });
  const { store } = scene;
  for (const { id, creatorId } of await scene.alerts()) {
    const verdict = creatorId === 'mara' ? 'confirmed' : 'false-positive';
    await giveVerdict(
      store,
      { alertId: id, verdict, reason: `about ${creatorId}`, givenBy: 'ana' },
      () => NOW,
    );
  }
  const sample = await nextSample(store.pool, 'ana');
  if (sample === null) throw new Error('no post was drawn');
  const answer = { verdict: 'innocent', campaignId: null, by: 'ana', minutes: 1 } as const;
  await decideSample(store.pool, { id: sample.threadId, ...answer });
  await until(async () => {
    const { rowCount } = await store.pool.query(`SELECT 1 FROM tip WHERE state IN ('waiting', 'queued')`);
    return rowCount === 0;
  });
  await until(async () => {
    const { rowCount } = await store.pool.query('SELECT 1 FROM alert_outbox WHERE published_at IS NULL');
    return rowCount === 0;
  });
}
