import { TEXT_ENGINE } from '@leakwatch/text-matching';
import {
  fieldsToKeep,
  matchAfter,
  strongestOfEachItem,
  wordsOf,
  type CaptionEnding,
  type CompiledWatchList,
} from '@leakwatch/matching';
import { keepPost } from './keep-post.ts';
import { type ReadPost } from './read-post.ts';
import { type Circumstances, type Scan } from './scan.ts';
import { findingRecords, fingerprintRecord } from './describe-findings.ts';

/**
 * Describes what was found in a post's text. Of a deletion, only that it was seen is told.
 *
 * @param earlier - posts whose end may be the beginning of a name that this post ends
 */
export function scanText(
  { post, text, reading }: ReadPost,
  list: CompiledWatchList,
  { value, ...context }: Circumstances,
  earlier: readonly CaptionEnding[] = [],
): Scan {
  const scan = {
    post,
    text,
    lane: 'text',
    engine: TEXT_ENGINE,
    watchListVersion: list.version,
    disclosures: list.disclosures,
    ...context,
  } as const;
  if (post.op === 'delete') {
    return { records: findingRecords(scan, [], null), failures: [], keeping: null };
  }
  const over = earlier.flatMap((ending) => matchAfter(list, ending, text));
  const found = strongestOfEachItem([...reading.found, ...over]);
  const fingerprint = fingerprintRecord(scan, {
    lane: 'text',
    text: wordsOf(text),
    fields: fieldsToKeep(text),
    ...(text.language === undefined ? {} : { language: text.language }),
  });
  const keeping = found.length === 0 || value === null ? null : keepPost(post, value, []);
  const findings = findingRecords(scan, found, keeping?.kept ?? null);
  return { records: [fingerprint, ...findings], failures: [], keeping };
}
