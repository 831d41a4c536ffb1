import {
  detectionId,
  EVENTS,
  PostSchema,
  postId,
  referenceOf,
  sha256Hex,
  type Creator,
  type Detection,
  type Post,
} from '@leakwatch/contracts';
import { encodeEvent, type OutgoingRecord } from '@leakwatch/event-log';
import { type LivedPost } from './live-a-season.ts';

const SOURCE = '/leakwatch/simulation';

/** Makes the records of a simulated post: the post as ingest publishes it, and the matcher's detection. */
export function recordsOf(lived: LivedPost, creator: Creator, watchListVersion: number): OutgoingRecord[] {
  const post = postOf(lived, creator);
  const attributes = { key: creator.id, source: SOURCE, time: lived.publishedAt };
  const records = [encodeEvent(EVENTS.post, post, { ...attributes, id: post.id })];
  if (lived.alert === null) return records;
  const campaignId = lived.alert.campaign.id;
  const itemId = lived.alert.campaign.terms[0]?.id ?? '';
  const detection: Detection = {
    schemaVersion: 1,
    id: detectionId(post.id, campaignId, 'term', itemId),
    post: referenceOf(post),
    lane: 'text',
    evidence: {
      campaignId,
      itemId,
      kind: 'term',
      confidence: 1,
      span: [0, 4],
      matched: 'name',
      how: ['case'],
      distance: 0,
      mediaIndex: null,
      region: null,
    },
    excerpt: 'name',
    engine: 'simulation/1',
    watchListVersion,
    rescanJobId: null,
    detectedAt: lived.publishedAt.toISOString(),
  };
  return [...records, encodeEvent(EVENTS.detection, detection, { ...attributes, id: detection.id })];
}

/** @throws for a creator without an account */
export function postOf({ name, publishedAt }: LivedPost, creator: Creator): Post {
  const [account] = creator.accounts;
  if (account === undefined) throw new RangeError(`${creator.id} has no account`);
  const { platform, instance = 'simulated', nativeId = creator.id, handle = creator.id } = account;
  const at = { platform, instance, nativeId: name };
  return PostSchema.parse({
    ...at,
    schemaVersion: 1,
    id: postId({ ...at, revision: 1, op: 'create' }),
    revision: 1,
    op: 'create',
    type: 'post',
    creatorId: creator.id,
    author: { nativeId, handle, displayName: null, url: null },
    canonicalUrl: null,
    inReplyTo: null,
    repostOf: null,
    text: 'name',
    contentRaw: null,
    lang: null,
    links: [],
    tags: [],
    media: [],
    publishedAt: publishedAt.toISOString(),
    editedAt: null,
    deletedAt: null,
    observedAt: publishedAt.toISOString(),
    provenance: {
      connector: 'simulation',
      transport: 'generated',
      cursor: null,
      rawSha256: sha256Hex(name),
      signature: null,
    },
  });
}
