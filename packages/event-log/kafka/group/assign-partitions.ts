import { partitionName, type TopicPartition } from '../../adapter/log-source.ts';

/** A member of a group, as it presents itself when the group settles who holds which partition. */
export interface Candidate {
  readonly memberId: string;
  readonly topics: readonly string[];
  /** The partitions that it holds. Its claim dates from `generation`. */
  readonly held: readonly TopicPartition[];
  readonly generation: number;
}

/**
 * Shares partitions among members as evenly as they divide. Members keep what they hold within their share, so
 * that few partitions move. Where two claim one partition, the younger claim counts. The same input gives the
 * same answer.
 */
export function assignPartitions(
  candidates: readonly Candidate[],
  partitions: readonly TopicPartition[],
): Map<string, TopicPartition[]> {
  const shares = new Map(candidates.map(({ memberId }): [string, TopicPartition[]] => [memberId, []]));
  const members = candidates.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  for (const topic of new Set(partitions.map((one) => one.topic))) {
    shareTopic(
      members.filter(({ topics }) => topics.includes(topic)),
      partitions.filter((one) => one.topic === topic),
      shares,
    );
  }
  return shares;
}

function shareTopic(
  members: readonly Candidate[],
  partitions: readonly TopicPartition[],
  shares: ReadonlyMap<string, TopicPartition[]>,
): void {
  if (members.length === 0) return;
  const counts = new Map(members.map(({ memberId }) => [memberId, 0]));
  const countOf = ({ memberId }: Candidate) => counts.get(memberId) ?? 0;
  const least = Math.floor(partitions.length / members.length);
  /** Number of members that may still get one more than `least`. */
  let extra = partitions.length % members.length;

  function give(member: Candidate, one: TopicPartition): void {
    if (countOf(member) === least) extra -= 1;
    counts.set(member.memberId, countOf(member) + 1);
    shares.get(member.memberId)?.push(one);
  }

  const claims = claimsOf(members);
  const orphans: TopicPartition[] = [];
  for (const one of partitions) {
    const claimant = claims.get(partitionName(one));
    const fits = claimant !== undefined && countOf(claimant) < least + (extra > 0 ? 1 : 0);
    if (fits) give(claimant, one);
    else orphans.push(one);
  }
  for (const one of orphans) {
    const [poorest] = members.toSorted((a, b) => countOf(a) - countOf(b));
    if (poorest !== undefined) give(poorest, one);
  }
}

function claimsOf(members: readonly Candidate[]): Map<string, Candidate> {
  const claims = new Map<string, Candidate>();
  for (const member of members.toSorted((a, b) => a.generation - b.generation)) {
    for (const one of member.held) claims.set(partitionName(one), member);
  }
  return claims;
}
