import { TEXT_ENGINE } from '@leakwatch/text-matching';
import { type Post } from '@leakwatch/contracts';
import { matchFingerprint, textOfPost, wordsOf, type CompiledWatchList } from '@leakwatch/matching';
import { keepPost } from './keep-post.ts';
import { type Circumstances, type Scan } from './scan.ts';
import { findingRecords, fingerprintRecord } from './describe-findings.ts';

/** Matches a post's text. A deletion has none: only that it was seen is told. */
export async function scanText(
  post: Post,
  list: CompiledWatchList,
  { value, ...context }: Circumstances,
): Promise<Scan> {
  const text = textOfPost(post);
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
  const found = await matchFingerprint(list, { lane: 'text', post: text });
  const fingerprint = fingerprintRecord(scan, {
    lane: 'text',
    text: wordsOf(text),
    fields: text.fields.slice(1),
    ...(text.language === undefined ? {} : { language: text.language }),
  });
  const keeping = found.length === 0 || value === null ? null : keepPost(post, value, []);
  const findings = findingRecords(scan, found, keeping?.kept ?? null);
  return { records: [fingerprint, ...findings], failures: [], keeping };
}
