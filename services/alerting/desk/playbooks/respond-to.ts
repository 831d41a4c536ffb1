import { type Alert } from '@leakwatch/contracts';
import { formatMinute } from '@leakwatch/runtime';
import { type ResponseAct } from '../queries/response-acts.ts';
import { type Playbook } from './load-playbooks.ts';
import { fillIn } from './message-fields.ts';
import { type Recipient } from './recipient.ts';

/** The response to an alert: what to do, what was done, and whether the creator has corrected the post. */
export interface AlertResponse {
  readonly playbook: Playbook;
  /** A draft to the creator, for a person to change and send. leakwatch never sends it. */
  readonly message: string;
  readonly checklist: readonly ChecklistItem[];
  /** Messages that people have sent, in order. */
  readonly sent: readonly SentAct[];
  readonly posts: readonly { readonly name: string; readonly corrected: Correction | null }[];
  /** When the last of the posts was edited or deleted; null while one still stands. */
  readonly correctedAt: string | null;
}

interface ChecklistItem {
  readonly id: string;
  /** Null for an item that is no longer in the playbook but was done. */
  readonly text: string | null;
  /** Null: still to do. */
  readonly done: { readonly by: string; readonly at: Date } | null;
}

type SentAct = Extract<ResponseAct, { act: 'sent' }>;

/** A post that no longer shows what was found in it, as ingest saw it. */
export interface Correction {
  readonly at: string;
  readonly by: 'edit' | 'delete';
}

/**
 * Combines an alert, its playbook and what was done.
 *
 * @param given - the acts so far, in order, and whom a message is for
 * @throws Error if no playbook is for the alert's violation, or none for others: the built-in ones cover all
 */
export function respondTo(
  alert: Alert,
  playbooks: readonly Playbook[],
  { acts, recipient }: { readonly acts: readonly ResponseAct[]; readonly recipient: Recipient },
): AlertResponse {
  const violation = alert.violation ?? 'other';
  const playbook = playbooks.find((one) => one.violation === violation);
  if (playbook === undefined) throw new Error(`there is no playbook for ${violation}`);
  const posts = postsOf(alert);
  const handle = handlesOf(alert);
  const message = fillIn(templateFor(playbook, playbooks, recipient), {
    handle,
    creator: recipient.name ?? handle,
    campaign: recipient.campaign ?? '',
    posts: posts.map(({ name }) => name).join(', '),
    published: publishedOf(alert),
  });
  const sent = acts.filter((one) => one.act === 'sent');
  const checklist = checklistOf(playbook, acts);
  return { playbook, message, checklist, sent, posts, correctedAt: alert.correctedAt };
}

/** Of several playbooks for a violation, the first with a message for those who were told of nothing counts for them. */
function templateFor(playbook: Playbook, playbooks: readonly Playbook[], { campaign }: Recipient): string {
  if (campaign !== null) return playbook.message;
  const [first] = playbooks.flatMap(({ violation, messageToOthers }) =>
    violation === playbook.violation && messageToOthers !== undefined ? [messageToOthers] : [],
  );
  if (first === undefined) throw new Error(`no message to others for ${playbook.violation}`);
  return first;
}

/** The accounts that posted, as they call themselves. */
function handlesOf({ occurrences }: Alert): string {
  return [...new Set(occurrences.map(({ detection }) => `@${detection.post.authorHandle}`))].join(', ');
}

/** Items that were done stay visible after the playbook has changed. */
function checklistOf({ checklist }: Playbook, acts: readonly ResponseAct[]): ChecklistItem[] {
  const done = new Map<string, { by: string; at: Date }>();
  for (const one of acts) {
    if (one.act === 'checked') done.set(one.item, { by: one.by, at: one.at });
    if (one.act === 'unchecked') done.delete(one.item);
  }
  const listed = checklist.map(({ id, text }) => ({ id, text, done: done.get(id) ?? null }));
  const ids = new Set(checklist.map(({ id }) => id));
  const others = [...done].filter(([id]) => !ids.has(id)).map(([id, by]) => ({ id, text: null, done: by }));
  return [...listed, ...others];
}

/** A post is corrected once no finding in it stands; its last removal is the time of the correction. */
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

/** When the first of the posts was published. */
function publishedOf({ occurrences }: Alert): string {
  if (occurrences.length === 0) return '';
  return formatMinute(
    new Date(Math.min(...occurrences.map(({ detection }) => Date.parse(detection.post.publishedAt)))),
  );
}
