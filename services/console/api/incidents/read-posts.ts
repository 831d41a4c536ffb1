import { listEvidence, loadKeptBytes, type StoredEvidence } from '@leakwatch/alerting/desk';
import {
  FingerprintSchema,
  PostSchema,
  type Alert,
  type Occurrence,
  type TextField,
} from '@leakwatch/contracts';
import { textOfFingerprint, textOfPost } from '@leakwatch/matching';
import { type Queryable } from '@leakwatch/store';
import { type incident as whole } from '../schemas/index.ts';
import { assetOf, HIDDEN_ASSET } from './present-item.ts';
import { describeDisguises } from './describe-disguises.ts';
import { mayLink } from './may-link.ts';
import { showTexts } from './secret-names.ts';
import { showFields, type KeptPost, type View } from './show-fields.ts';

type ShownPost = whole.Post;
type ShownPicture = whole.Post['pictures'][number];

export interface IncidentEvidence {
  readonly posts: ShownPost[];
  readonly pictureMatches: whole.PictureMatch[];
}

/** Reads the posts behind an incident, the newest first, from what was kept of them. */
export async function readPosts(
  db: Queryable,
  alert: Alert,
  { campaign, hidden }: Pick<View, 'campaign' | 'hidden'>,
): Promise<IncidentEvidence> {
  const evidence = await listEvidence(db, alert.id);
  const byPost = new Map<string, Occurrence[]>();
  for (const one of alert.occurrences) {
    const { id } = one.detection.post;
    byPost.set(id, [...(byPost.get(id) ?? []), one]);
  }
  const kept = new Map(
    await Promise.all(
      [...byPost].map(async ([postId, occurrences]) => {
        const own = evidence.filter((one) => one.postId === postId);
        return [postId, await readKept(db, own, occurrences)] as const;
      }),
    ),
  );
  const view = { alert, campaign, hidden, shown: showTexts(hidden) };
  const posts = [...byPost].map(([postId, occurrences]) =>
    showPost(occurrences, kept.get(postId) ?? NOTHING, view),
  );
  return {
    posts: posts.toSorted((one, other) => Date.parse(other.publishedAt) - Date.parse(one.publishedAt)),
    pictureMatches: alert.occurrences
      .filter(({ detection }) => detection.evidence.kind === 'asset')
      .map((one) => showPictureMatch(one, kept.get(one.detection.post.id) ?? NOTHING, view)),
  };
}

const NOTHING: KeptPost = { post: null, fields: [], media: new Map() };

async function readKept(
  db: Queryable,
  evidence: readonly StoredEvidence[],
  occurrences: readonly Occurrence[],
): Promise<KeptPost> {
  const media = new Map(
    evidence.flatMap((one) => one.media.map(({ mediaIndex, sha256 }) => [mediaIndex, sha256] as const)),
  );
  const records = [...new Map(evidence.map((one) => [one.record.sha256, one.form])).entries()];
  // The post as ingest published it says the most.
  records.sort(([, one], [, other]) => FORMS.indexOf(one) - FORMS.indexOf(other));
  for (const [sha256, form] of records) {
    const record = parseJson(await loadKeptBytes(db, sha256));
    if (form === 'post') {
      const post = PostSchema.safeParse(record);
      if (post.success) return { post: post.data, fields: textOfPost(post.data).fields, media };
    }
    if (form === 'fingerprint') {
      const fingerprint = FingerprintSchema.safeParse(record);
      if (fingerprint.success && fingerprint.data.lane === 'text') {
        return { post: null, fields: textOfFingerprint(fingerprint.data).fields, media };
      }
    }
  }
  return { post: null, fields: excerptsOf(occurrences), media };
}

const FORMS: readonly StoredEvidence['form'][] = ['post', 'fingerprint', 'detection'];

/** Where the text was not kept, the piece around each find was. */
function excerptsOf(occurrences: readonly Occurrence[]): TextField[] {
  const excerpts = occurrences.flatMap(({ detection }) => detection.excerpt ?? []);
  return [...new Set(excerpts)].map((text) => ({ kind: 'caption', text }));
}

function parseJson(bytes: Uint8Array | null): unknown {
  if (bytes === null) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function showPost(occurrences: readonly Occurrence[], kept: KeptPost, view: View): ShownPost {
  const [first] = occurrences;
  if (first === undefined) throw new Error('a post without occurrences');
  const { post } = first.detection;
  const gone = occurrences.every(({ removedAt }) => removedAt !== null);
  const last = occurrences.findLast(({ removedAt }) => removedAt !== null);
  return {
    id: post.id,
    threadId: post.threadId,
    platform: post.platform,
    url: addressOf(post.canonicalUrl, view),
    author: {
      handle: view.shown(post.authorHandle),
      displayName: view.shown(kept.post?.author.displayName ?? null),
    },
    type: kept.post?.type ?? 'post',
    revision: post.revision,
    publishedAt: post.publishedAt,
    observedAt: post.observedAt,
    standing: gone ? (last?.removedBy === 'delete' ? 'deleted' : 'edited') : 'stands',
    removedAt: gone ? (last?.removedAt ?? null) : null,
    fields: showFields(occurrences, kept, view),
    pictures: picturesOf(kept, view),
  };
}

/** An address that holds a name is not shown with a part of it hidden: it would lead nowhere. */
function addressOf(url: string | null, view: View): string | null {
  return url !== null && mayLink(url) && view.shown(url) === url ? url : null;
}

function picturesOf({ post, media }: KeptPost, view: View): ShownPicture[] {
  const listed = post?.media.filter(({ kind }) => kind === 'image' || kind === 'video') ?? [];
  const indexes = new Set([...listed.map(({ index }) => index), ...media.keys()]);
  return [...indexes]
    .toSorted((one, other) => one - other)
    .map((index) => {
      const medium = listed.find((one) => one.index === index);
      return {
        ...pictureOf(media.get(index), view, index),
        alt: view.shown(medium?.altText ?? null),
        widthPx: medium?.widthPx ?? null,
        heightPx: medium?.heightPx ?? null,
        ...(media.has(index) ? {} : { missing: medium?.fetchError ?? 'its bytes were not kept' }),
      };
    });
}

function pictureOf(
  sha256: string | undefined,
  { alert, hidden }: Pick<View, 'alert' | 'hidden'>,
  mediaIndex: number,
): ShownPicture {
  const redacted = hidden !== null;
  const src = sha256 === undefined || redacted ? null : `/v1/incidents/${alert.id}/pictures/${sha256}`;
  const missing = sha256 === undefined ? 'its bytes were not kept' : redacted ? 'hidden' : null;
  return { mediaIndex, src, alt: null, widthPx: null, heightPx: null, missing };
}

function showPictureMatch(
  { detection, removedAt }: Occurrence,
  kept: KeptPost,
  view: View,
): whole.PictureMatch {
  const { alert, campaign } = view;
  const { evidence, post } = detection;
  const asset = assetOf(campaign, evidence.itemId);
  const mediaIndex = evidence.mediaIndex ?? 0;
  const picture = picturesOf(kept, view).find((one) => one.mediaIndex === mediaIndex);
  return {
    detectionId: detection.id,
    postId: post.id,
    mediaIndex,
    asset:
      view.hidden !== null
        ? { ...HIDDEN_ASSET, src: null }
        : { ...asset, src: `/v1/incidents/${alert.id}/assets/${encodeURIComponent(evidence.itemId)}` },
    picture: picture ?? pictureOf(kept.media.get(mediaIndex), view, mediaIndex),
    region: evidence.region,
    disguises: describeDisguises(evidence.how, evidence.matched),
    grade: evidence.grade ?? null,
    confidence: evidence.confidence,
    removedAt,
  };
}
