/**
 * Matches a fingerprint against a watch list. The matcher's lanes use it for a new post, a re-scan for an old one, and `leakwatch scan`
 * for a line of a file.
 */
import { type MatchEvidence } from '@leakwatch/contracts';
import { type PartBefore, type PostText, type TextMatch } from '@leakwatch/text-matching';
import { type CompiledWatchList } from './compile-watch-list.ts';

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
  if (content.lane === 'text') return strongestOfEachItem(matchText(list, content.post));
  return Promise.all(
    content.images.map(({ mediaIndex, data }) =>
      matchImage(list, data, { mediaIndex, name: `media[${mediaIndex}]` }),
    ),
  ).then((found) => strongestOfEachItem(found.flat()));
}

/** Finds the terms in a post. */
export function matchText(list: CompiledWatchList, post: PostText): MatchEvidence[] {
  return list.text.matchPost(post).map((match) => evidenceOf(match, post));
}

/** An earlier post whose caption may end with the beginning of a name. */
export interface EarlierPost {
  readonly id: string;
  readonly canonicalUrl: string | null;
  /** The caption's end. */
  readonly ending: string;
}

/** Finds the terms that begin at the end of an earlier post and end at the start of this one. */
export function matchAfter(list: CompiledWatchList, earlier: EarlierPost, post: PostText): MatchEvidence[] {
  const { id, canonicalUrl } = earlier;
  return list.text
    .matchAfter(earlier.ending, post)
    .map((match) => evidenceOf(match, post, { id, canonicalUrl }));
}

function evidenceOf(
  match: TextMatch,
  post: PostText,
  earlier?: { id: string; canonicalUrl: string | null },
): MatchEvidence {
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
  earlier: { id: string; canonicalUrl: string | null } | undefined,
): MatchEvidence['before'] {
  return {
    ...(earlier === undefined ? {} : { post: earlier }),
    ...(field === undefined ? {} : { field: fieldAt(post, field) }),
    span: [span[0], span[1]],
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
    region: match.region,
  }));
}

/** Keeps the surest finding of each item in a post, as a detection is one post and one item. */
function strongestOfEachItem(found: readonly MatchEvidence[]): MatchEvidence[] {
  if (found.length <= 1) return [...found];
  const best = new Map<string, MatchEvidence>();
  for (const evidence of found) {
    const key = JSON.stringify([evidence.campaignId, evidence.kind, evidence.itemId]);
    const known = best.get(key);
    if (known === undefined || evidence.confidence > known.confidence) best.set(key, evidence);
  }
  return [...best.values()];
}
