import { TEXT_ENGINE } from '@leakwatch/text-matching';
import { type Post } from '@leakwatch/contracts';
import { matchFingerprint, type CompiledWatchList } from '@leakwatch/matching';
import { keepPost } from './keep-post.ts';
import { type Circumstances, type Scan } from './scan.ts';
import { findingRecords, fingerprintRecord } from './describe-findings.ts';
import { textOf } from './text-of.ts';

/** Matches a post's text. A deletion has none: only that it was seen is told. */
export async function scanText(
  post: Post,
  list: CompiledWatchList,
  { value, ...context }: Circumstances,
): Promise<Scan> {
  const text = textOf(post);
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
  const found = await matchFingerprint(list, { lane: 'text', text });
  const fingerprint = fingerprintRecord(scan, { lane: 'text', text });
  const keeping = found.length === 0 || value === null ? null : keepPost(post, value, []);
  const findings = findingRecords(scan, found, keeping?.kept ?? null);
  return { records: [fingerprint, ...findings], failures: [], keeping };
}
