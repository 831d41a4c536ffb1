import { setTimeout as sleep } from 'node:timers/promises';
import { partitionName, type TopicPartition } from '../../adapter/log-source.ts';

/** Everything of the partition before `offset` is done. */
export interface Commit extends TopicPartition {
  readonly offset: bigint;
  /** The id of the topic that was read; undefined where the broker tells none. */
  readonly topicId?: string | undefined;
}

interface Waiting<Member> {
  readonly member: Member;
  readonly commits: readonly Commit[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends a member's commits, one request at a time. Commits that wait share the next request: twelve partitions
 * cost a broker little more than one. Of several commits for one partition the greatest counts.
 *
 * @param gatherMs - how long the first commit waits for others. Its effects are durable already, so only the
 *   partition's next batch waits for it.
 */
export function createCommitQueue<Member>(
  send: (member: Member, commits: readonly Commit[]) => Promise<void>,
  gatherMs = 0,
): (member: Member, commits: readonly Commit[]) => Promise<void> {
  let waiting: Waiting<Member>[] = [];
  let isSending = false;

  async function drain(): Promise<void> {
    isSending = true;
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      if (gatherMs > 0) await sleep(gatherMs);
      const { member } = first;
      const together = waiting.filter((one) => one.member === member);
      waiting = waiting.filter((one) => one.member !== member);
      try {
        await send(member, greatestOfEach(together.flatMap(({ commits }) => commits)));
        together.forEach((one) => one.resolve());
      } catch (error) {
        together.forEach((one) => one.reject(error));
      }
    }
    isSending = false;
  }

  return (member, commits) =>
    new Promise((resolve, reject) => {
      waiting.push({ member, commits, resolve, reject });
      if (!isSending) void drain();
    });
}

function greatestOfEach(commits: readonly Commit[]): Commit[] {
  const greatest = new Map<string, Commit>();
  for (const one of commits) {
    const name = partitionName(one);
    const known = greatest.get(name);
    if (known === undefined || one.offset > known.offset) greatest.set(name, one);
  }
  return [...greatest.values()];
}
