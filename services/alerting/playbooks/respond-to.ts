import { type Alert } from '@leakwatch/contracts';
import { fillIn } from './message-fields.ts';
import { type Playbook } from './load-playbooks.ts';

/** What is to be done about an alert, and whether the creator has done their part. */
export interface AlertResponse {
  readonly playbook: Playbook;
  /** To the creator: for a person to read, change and send. leakwatch sends it to nobody. */
  readonly message: string;
  readonly posts: readonly { readonly name: string; readonly corrected: Correction | null }[];
  /** When the last of the posts was edited or gone; null while one still stands. */
  readonly correctedAt: string | null;
}

/** What ingest saw of a post that no longer shows what was found in it. */
export interface Correction {
  readonly at: string;
  readonly by: 'edit' | 'delete';
}

/** @throws Error where no playbook is for the alert's violation: the built-in ones leave none out */
export function respondTo(alert: Alert, playbooks: readonly Playbook[]): AlertResponse {
  const violation = alert.violation ?? 'other';
  const playbook = playbooks.find((one) => one.violation === violation);
  if (playbook === undefined) throw new Error(`there is no playbook for ${violation}`);
  const posts = postsOf(alert);
  const message = fillIn(playbook.message, {
    creator: alert.creatorId,
    campaign: alert.campaignId,
    posts: posts.map(({ name }) => name).join(', '),
    published: alert.occurrences.reduce(
      (first, { detection }) => earlier(first, detection.post.publishedAt),
      '',
    ),
  });
  const times = posts.map(({ corrected }) => corrected?.at ?? null);
  const correctedAt = times.reduce((last, at) => (last === null || at === null ? null : later(last, at)), '');
  return { playbook, message, posts, correctedAt };
}

/** A post is corrected when nothing that was found in it stands; then its last removal is what corrected it. */
function postsOf({ occurrences }: Alert): AlertResponse['posts'] {
  const threads = new Map<string, { name: string; corrected: Correction | null }>();
  for (const { detection, removedAt, removedBy } of occurrences) {
    const { threadId, canonicalUrl, nativeId } = detection.post;
    const removed = removedAt === null || removedBy === null ? null : { at: removedAt, by: removedBy };
    const before = threads.get(threadId);
    const name = before?.name ?? canonicalUrl ?? nativeId;
    const corrected = before === undefined ? removed : lastOf(before.corrected, removed);
    threads.set(threadId, { name, corrected });
  }
  return [...threads.values()];
}

function lastOf(one: Correction | null, other: Correction | null): Correction | null {
  if (one === null || other === null) return null;
  return Date.parse(one.at) >= Date.parse(other.at) ? one : other;
}

function earlier(one: string, other: string): string {
  return one === '' || Date.parse(other) < Date.parse(one) ? other : one;
}

function later(one: string, other: string): string {
  return one === '' || Date.parse(other) > Date.parse(one) ? other : one;
}
