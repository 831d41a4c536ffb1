/**
 * Fingerprint × watch list → what was found. One way for all: the matcher's lanes go it with a post that has just come, a
 * re-scan with one of last year, `leakwatch scan` with a line of a file.
 */
import { type MatchEvidence } from '@leakwatch/contracts';
import { type CompiledWatchList } from './compile-watch-list.ts';

/** What a fingerprint holds that a watch list can meet. */
export type FingerprintContent =
  | { readonly lane: 'text'; readonly text: string }
  | {
      readonly lane: 'image';
      /** `data` as the image engine packed it. */
      readonly images: readonly { readonly mediaIndex: number; readonly data: Uint8Array }[];
    };

/**
 * What a post's fingerprint meets in a watch list: of each item the surest finding. A text is answered at once, without a promise.
 *
 * @throws ImageError `unreadable-fingerprint` (a rejection) for one of another engine
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
 * The words of a post: its text, then what its pictures' descriptions say, a line each. Spans count in all of it, so that
 * within the post's own text they are its own.
 */
export function searchableText(text: string, altTexts: readonly string[]): string {
  return altTexts.length === 0 ? text : [text, ...altTexts].join('\n');
}

/** The terms that a text holds. */
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

/** The assets that an image shows, from its fingerprint. `name` says which image it was, for people. */
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

/** Of several finds of one item in one post, the surest: a detection is one post and one item. */
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
