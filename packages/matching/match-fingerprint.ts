/**
 * Matches a fingerprint against a watch list. The matcher's lanes use it for a new post, a re-scan for an old one, and `leakwatch scan`
 * for a line of a file.
 */
import { type MatchEvidence } from '@leakwatch/contracts';
import { type PartBefore, type PostReading, type PostText, type TextMatch } from '@leakwatch/text-matching';
import { type AlertPolicy, type CompiledWatchList } from './compile-watch-list.ts';
import { type CaptionEnding } from './thread-memory.ts';

/** The content of a fingerprint that a watch list can match. */
export type FingerprintContent =
  | { readonly lane: 'text'; readonly post: PostText }
  | {
      readonly lane: 'image';
      /** `data` is packed by the image engine. */
      readonly images: readonly { readonly mediaIndex: number; readonly data: Uint8Array }[];
    };

/**
 * Returns the surest finding of each item in a post's fingerprint. A text is answered directly, without a promise.
 *
 * @throws ImageError `unreadable-fingerprint` (as a rejection) for a fingerprint of another engine
 */
export function matchFingerprint(
  list: CompiledWatchList,
  content: FingerprintContent,
): MatchEvidence[] | Promise<MatchEvidence[]> {
  if (content.lane === 'text') return matchText(list, content.post);
  return Promise.all(
    content.images.map(({ mediaIndex, data }) =>
      matchImage(list, data, { mediaIndex, name: `media[${mediaIndex}]` }),
    ),
  ).then((found) => strongestOfEachItem(found.flat(), list.alertsOn));
}

/** All that one reading of a post's text tells. */
export interface TextReading extends Omit<PostReading, 'matches'> {
  readonly found: MatchEvidence[];
}

/** Finds the terms in a post, and tells whether its caption may share a name with another post. */
export function readText(list: CompiledWatchList, post: PostText): TextReading {
  const { matches, ...parts } = list.text.readPost(post);
  return { ...parts, found: strongestOfEachItem(matches.map((match) => evidenceOf(match, post))) };
}

/** Finds the terms in a post. */
export function matchText(list: CompiledWatchList, post: PostText): MatchEvidence[] {
  return readText(list, post).found;
}

/** Finds the terms that begin at the end of an earlier post and end at the start of this one. */
export function matchAfter(list: CompiledWatchList, earlier: CaptionEnding, post: PostText): MatchEvidence[] {
  return list.text.matchAfter(earlier.ending, post).map((match) => evidenceOf(match, post, earlier));
}

function evidenceOf(match: TextMatch, post: PostText, earlier?: CaptionEnding): MatchEvidence {
  return {
    campaignId: match.campaignId,
    itemId: match.itemId,
    kind: 'term',
    confidence: match.confidence,
    ...(match.field === 0 ? {} : { field: fieldAt(post, match.field) }),
    span: [match.span[0], match.span[1]],
    ...(match.before === undefined ? {} : { before: partBefore(match.before, post, earlier) }),
    matched: match.matched,
    how: match.how,
    distance: match.distance,
    mediaIndex: null,
    region: null,
  };
}

function partBefore(
  { field, span, matched }: PartBefore,
  post: PostText,
  earlier: CaptionEnding | undefined,
): MatchEvidence['before'] {
  const from = earlier?.endingFrom ?? 0;
  return {
    ...(earlier && { post: { id: earlier.postId, canonicalUrl: earlier.canonicalUrl } }),
    ...(field === undefined || earlier !== undefined ? {} : { field: fieldAt(post, field) }),
    span: [from + span[0], from + span[1]],
    matched,
  };
}

function fieldAt({ fields }: PostText, index: number): NonNullable<MatchEvidence['field']> {
  const field = fields[index];
  if (field === undefined) throw new RangeError(`a match in field ${index} of ${fields.length}`);
  return { kind: field.kind, index };
}

/** Finds the assets that an image shows, from its fingerprint. `name` identifies the image for people. */
export async function matchImage(
  list: CompiledWatchList,
  fingerprint: Uint8Array,
  image: { mediaIndex: number; name: string },
): Promise<MatchEvidence[]> {
  const matches = await list.images.match(fingerprint);
  return matches.map((match) => ({
    campaignId: match.campaignId,
    itemId: match.itemId,
    kind: 'asset',
    confidence: match.confidence,
    span: null,
    matched: image.name,
    how: match.how,
    distance: match.distance,
    mediaIndex: image.mediaIndex,
    grade: match.grade,
    region: match.region,
  }));
}

/**
 * Keeps the surest finding of each item in a post, as a detection is one post and one item. One that raises an alert goes before
 * all that don't.
 */
export function strongestOfEachItem(
  found: readonly MatchEvidence[],
  alertsOn: AlertPolicy = () => true,
): MatchEvidence[] {
  if (found.length <= 1) return [...found];
  const best = new Map<string, MatchEvidence>();
  for (const evidence of found) {
    const key = JSON.stringify([evidence.campaignId, evidence.kind, evidence.itemId]);
    const known = best.get(key);
    if (known === undefined || isStronger(evidence, known, alertsOn)) best.set(key, evidence);
  }
  return [...best.values()];
}

function isStronger(one: MatchEvidence, other: MatchEvidence, alertsOn: AlertPolicy): boolean {
  const [alerts, otherAlerts] = [raisesAlert(one, alertsOn), raisesAlert(other, alertsOn)];
  return alerts === otherAlerts ? one.confidence > other.confidence : alerts;
}

/** A term has no grade: every finding of it counts. */
export function raisesAlert({ campaignId, itemId, grade }: MatchEvidence, alertsOn: AlertPolicy): boolean {
  return grade === undefined || alertsOn(campaignId, itemId, grade);
}
