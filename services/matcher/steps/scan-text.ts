import { TEXT_ENGINE } from '@leakwatch/text-matching';
import { type Post } from '@leakwatch/contracts';
import { matchFingerprint, searchableText, type CompiledWatchList } from '@leakwatch/matching';
import { type Scan } from './scan.ts';
import { findingRecords, fingerprintRecord } from './describe-findings.ts';

/** Matches a post's text. A deletion has none: only that it was seen is told. */
export async function scanText(
  post: Post,
  list: CompiledWatchList,
  context: { at: Date; traceparent: string | undefined },
): Promise<Scan> {
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
  const found = await matchFingerprint(list, { lane: 'text', text });
  const fingerprint = fingerprintRecord(scan, { lane: 'text', text });
  return { records: [fingerprint, ...findingRecords(scan, found)], failures: [] };
}
