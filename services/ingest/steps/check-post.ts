import {
  describeIssues,
  LIMITS,
  sha256Hex,
  SubmittedPostSchema,
  type SubmittedPost,
} from '@leakwatch/contracts';
import { type SourceItem } from '../sources/source.ts';
import { replaceUnstorableEscapes } from './replace-escapes.ts';
import { findUnstorableId } from './unstorable-id.ts';

/** Why an item can't be taken; fit for a metric label. */
type RefusalReason = 'bad-encoding' | 'bad-json' | 'bad-post' | 'too-large';

export interface Refusal {
  readonly reason: RefusalReason;
  /** The path of the mistake, without quoting the post. */
  readonly message: string;
}

/** An item with the form of a post. */
export interface CheckedPost {
  readonly item: SourceItem;
  readonly submitted: SubmittedPost;
  readonly rawSha256: string;
}

export type Check =
  | { readonly ok: true; readonly post: CheckedPost }
  | { readonly ok: false; readonly item: SourceItem; readonly refusal: Refusal };

/** At most this many mistakes of a post are named. */
const NAMED_ISSUES = 5;

/** Checks that an item is a post. Size comes first: too large an item is never parsed. */
export function checkPost(item: SourceItem): Check {
  const refuse = (reason: RefusalReason, message: string): Check => ({
    ok: false,
    item,
    refusal: { reason, message },
  });
  if (item.problem !== undefined) return refuse(item.problem.reason, item.problem.message);

  const bytes = Buffer.byteLength(item.raw);
  if (bytes > LIMITS.postBytes) {
    return refuse('too-large', `the post has ${bytes} bytes; the limit is ${LIMITS.postBytes}`);
  }
  const json = parseJson(item.raw);
  if (!json.ok) return refuse('bad-json', json.message);

  const unstorable = findUnstorableId(item.raw, json.value);
  if (unstorable !== null) {
    return refuse(
      'bad-post',
      `${unstorable}: holds U+0000 or half a surrogate pair, so it names no one post`,
    );
  }
  const parsed = SubmittedPostSchema.safeParse(json.value);
  if (!parsed.success) return refuse('bad-post', nameFirst(describeIssues(parsed.error)));
  return { ok: true, post: { item, submitted: parsed.data, rawSha256: sha256Hex(item.raw) } };
}

type ParsedJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

function parseJson(raw: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(replaceUnstorableEscapes(raw)) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, message: describeSyntaxError(error) };
  }
}

/** Keeps only the position: the parser's message quotes the text around the mistake, which may be under embargo. */
function describeSyntaxError(error: SyntaxError): string {
  const position = /at position (\d+)/.exec(error.message)?.[1];
  if (position !== undefined) return `not JSON: unexpected character at position ${position}`;
  return /end of JSON/i.test(error.message) ? 'not JSON: it ends too early' : 'not JSON';
}

function nameFirst(issues: readonly string[]): string {
  const named = issues.slice(0, NAMED_ISSUES).join('; ');
  const more = issues.length - NAMED_ISSUES;
  return more > 0 ? `${named}; and ${more} more` : named;
}
