import {
  approvedTextHash,
  detectionId,
  EVENTS,
  postId,
  postThreadId,
  revisionScanId,
  type Detection,
  type Grade,
  type PostReference,
  type RevisionScan,
} from '@leakwatch/contracts';
import { encodeEvent, type OutgoingRecord } from '@leakwatch/event-log';

/** When the tests' posts are published unless they say otherwise: two days before {@link LIFTS_AT}. */
export const PUBLISHED_AT = '2026-11-20T09:00:00.000Z';
export const LIFTS_AT = '2026-11-22T09:00:00.000Z';

interface PostTraits {
  nativeId?: string;
  revision?: number;
  op?: PostReference['op'];
  creatorId?: string;
  publishedAt?: string;
  observedAt?: string;
  canonicalUrl?: string | null;
}

function postReference(traits: PostTraits = {}): PostReference {
  const place = { platform: 'instagram', instance: 'instagram.com', nativeId: traits.nativeId ?? 'p1' };
  const revision = traits.revision ?? 1;
  const op = traits.op ?? (revision === 1 ? 'create' : 'update');
  const publishedAt = traits.publishedAt ?? PUBLISHED_AT;
  return {
    ...place,
    id: postId({ ...place, revision, op }),
    threadId: postThreadId(place),
    revision,
    op,
    creatorId: traits.creatorId ?? 'mara',
    authorHandle: 'handle',
    canonicalUrl: traits.canonicalUrl ?? null,
    publishedAt,
    observedAt: traits.observedAt ?? publishedAt,
  };
}

export interface DetectionTraits extends PostTraits {
  campaignId?: string;
  itemId?: string;
  grade?: Grade;
  kind?: 'term' | 'asset';
  confidence?: number;
  matched?: string;
  watchListVersion?: number;
  /** The whole text of the post. */
  text?: string;
  disclosed?: boolean;
}

export function detection(traits: DetectionTraits = {}): Detection {
  const post = postReference(traits);
  const kind = traits.kind ?? 'term';
  const campaignId = traits.campaignId ?? 'aurora';
  const itemId = traits.itemId ?? 'codename';
  return {
    schemaVersion: 1,
    id: detectionId(post.id, campaignId, kind, itemId),
    post,
    lane: kind === 'term' ? 'text' : 'image',
    evidence: {
      campaignId,
      itemId,
      kind,
      confidence: traits.confidence ?? 1,
      span: kind === 'term' ? [0, 6] : null,
      matched: traits.matched ?? 'secret',
      how: ['case'],
      distance: 0,
      mediaIndex: kind === 'term' ? null : 0,
      ...(traits.grade === undefined ? {} : { grade: traits.grade }),
      region: null,
    },
    excerpt: kind === 'term' ? 'the secret word' : null,
    engine: 'test/1',
    watchListVersion: traits.watchListVersion ?? 1,
    rescanJobId: null,
    detectedAt: post.observedAt,
    ...(traits.text === undefined ? {} : { textSha256: approvedTextHash(traits.text) }),
    ...(traits.disclosed === undefined ? {} : { disclosed: traits.disclosed }),
  };
}

/** The scan of a later revision that found those of the given detections that are in it. */
export function revisionScan(
  traits: PostTraits & {
    lane?: 'text' | 'image';
    found?: readonly Detection[];
    disclosedCampaigns?: string[];
  },
): RevisionScan {
  const post = postReference(traits);
  const lane = traits.lane ?? 'text';
  return {
    schemaVersion: 1,
    id: revisionScanId(post.id, lane),
    post,
    lane,
    detectionIds: (traits.found ?? []).map(({ id }) => id),
    scannedAt: '2026-11-20T12:00:00.000Z',
    ...(traits.disclosedCampaigns === undefined ? {} : { disclosedCampaigns: traits.disclosedCampaigns }),
  };
}

export function detectionRecord(one: Detection): OutgoingRecord {
  return encodeEvent(EVENTS.detection, one, attributesOf(one.id, one.post));
}

export function scanRecord(scan: RevisionScan): OutgoingRecord {
  return encodeEvent(EVENTS.revisionScan, scan, attributesOf(scan.id, scan.post));
}

function attributesOf(id: string, post: PostReference) {
  return { id, key: post.creatorId, source: '/leakwatch/matcher', time: new Date(post.observedAt) };
}
