import { TEXT_ENGINE } from '@leakwatch/text-matching';
import { type Post } from '@leakwatch/contracts';
import { matchText, searchableText, type CompiledWatchList } from '../matching.ts';
import { type Scan } from './scan.ts';
import { findingRecords, fingerprintRecord, strongestOfEachItem } from './describe-findings.ts';

/** Matches a post's text. A deletion has none: only that it was seen is told. */
export function scanText(
  post: Post,
  list: CompiledWatchList,
  context: { at: Date; traceparent: string | undefined },
): Scan {
  const text = searchableText(
    post.text,
    post.media.flatMap((media) => media.altText ?? []),
  );
  const scan = {
    post,
    text,
    lane: 'text',
    engine: TEXT_ENGINE,
    watchListVersion: list.version,
    ...context,
  } as const;
  if (post.op === 'delete') return { records: findingRecords(scan, []), failures: [] };
  const found = strongestOfEachItem(matchText(list, text));
  const fingerprint = fingerprintRecord(scan, { lane: 'text', text });
  return { records: [fingerprint, ...findingRecords(scan, found)], failures: [] };
}
