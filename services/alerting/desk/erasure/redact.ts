import { type Alert, type Detection, type Post } from '@leakwatch/contracts';

/** Stands where a required text was. */
export const ERASED = 'erased';

export interface Redaction {
  /** The name that a creator gets; null: creators keep theirs. */
  readonly pseudonym: string | null;
  /** The posts to redact; null: all. */
  readonly threadIds: ReadonlySet<string> | null;
}

/** A detection without the post's words, author and address. Ids, times, item and measure stay: figures are counted from them. */
export function redactDetection(detection: Detection, { pseudonym, threadIds }: Redaction): Detection {
  const { post, evidence } = detection;
  const named = pseudonym === null ? post : { ...post, creatorId: pseudonym };
  if (threadIds !== null && !threadIds.has(post.threadId)) return { ...detection, post: named };
  const redacted: Detection = {
    ...detection,
    post: { ...named, nativeId: ERASED, authorHandle: '', canonicalUrl: null },
    evidence: { ...evidence, matched: '' },
    excerpt: null,
  };
  delete redacted.kept;
  delete redacted.textSha256;
  delete redacted.evidence.before;
  return redacted;
}

/** The same for an alert as an event tells of it. */
export function redactAlert(alert: Alert, redaction: Redaction): Alert {
  return {
    ...alert,
    creatorId: redaction.pseudonym ?? alert.creatorId,
    occurrences: alert.occurrences.map((one) => ({
      ...one,
      detection: redactDetection(one.detection, redaction),
    })),
  };
}

/** A drawn post without its words, pictures, author and addresses. */
export function redactPost(post: Post, pseudonym: string | null): Post {
  const { platform, instance, id, revision, op, type, publishedAt, observedAt, schemaVersion } = post;
  return {
    schemaVersion,
    id,
    platform,
    instance,
    nativeId: ERASED,
    revision,
    op,
    type,
    creatorId: pseudonym ?? post.creatorId,
    author: { nativeId: ERASED, handle: '', displayName: null, url: null },
    canonicalUrl: null,
    inReplyTo: null,
    repostOf: null,
    text: '',
    contentRaw: null,
    lang: null,
    links: [],
    tags: [],
    media: [],
    publishedAt,
    editedAt: post.editedAt,
    deletedAt: post.deletedAt,
    observedAt,
    provenance: {
      connector: post.provenance.connector,
      transport: post.provenance.transport,
      cursor: null,
      rawSha256: '0'.repeat(64),
      signature: null,
    },
  };
}
