/**
 * Matches a fingerprint against a watch list. The matcher's lanes use it for a new post, a re-scan for an old one, and `leakwatch scan`
 * for a line of a file.
 */
import { type MatchEvidence } from '@leakwatch/contracts';
import { type CompiledWatchList } from './compile-watch-list.ts';

/** The content of a fingerprint that a watch list can match. */
export type FingerprintContent =
  | { readonly lane: 'text'; readonly text: string }
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
  if (content.lane === 'text') return strongestOfEachItem(matchText(list, content.text));
  return Promise.all(
    content.images.map(({ mediaIndex, data }) =>
      matchImage(list, data, { mediaIndex, name: `media[${mediaIndex}]` }),
    ),
  ).then((found) => strongestOfEachItem(found.flat()));
}

/**
 * The searchable words of a post: its text, then a line for each picture's description. Spans count from the start, so that within the
 * post's own text they are offsets in it.
 */
export function searchableText(text: string, altTexts: readonly string[]): string {
  return altTexts.length === 0 ? text : [text, ...altTexts].join('\n');
}

/** Finds the terms in a text. */
export function matchText(list: CompiledWatchList, text: string): MatchEvidence[] {
  return list.text.match(text).map((match) => ({
    campaignId: match.campaignId,
    itemId: match.itemId,
    kind: 'term',
    confidence: match.confidence,
    span: [match.span[0], match.span[1]],
    matched: match.matched,
    how: match.how,
    distance: match.distance,
    mediaIndex: null,
    region: null,
  }));
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
