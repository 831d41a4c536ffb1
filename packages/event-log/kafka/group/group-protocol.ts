import { AssignerProtocol } from 'kafkajs';
import { z } from 'zod';
import { type TopicPartition } from '../../adapter/log-source.ts';
import { type Candidate } from './assign-partitions.ts';

/** The name under which members agree on how partitions are shared (assign-partitions.ts). */
export const PROTOCOL = 'leakwatch-sticky';

/** Requests of Kafka's classic group protocol. kafkajs has them without declaring them. */
export interface GroupRequests {
  joinGroup(request: {
    groupId: string;
    sessionTimeout: number;
    rebalanceTimeout: number;
    memberId: string;
    groupProtocols: { name: string; metadata: Buffer }[];
  }): Promise<unknown>;
  syncGroup(request: {
    groupId: string;
    generationId: number;
    memberId: string;
    groupAssignment: { memberId: string; memberAssignment: Buffer }[];
  }): Promise<unknown>;
  heartbeat(request: { groupId: string; groupGenerationId: number; memberId: string }): Promise<unknown>;
  leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>;
}

const GROUP_REQUESTS = ['joinGroup', 'syncGroup', 'heartbeat', 'leaveGroup'];

export function hasGroupRequests(broker: object): broker is GroupRequests {
  return GROUP_REQUESTS.every((name) => typeof Reflect.get(broker, name) === 'function');
}

export const JoinAnswer = z.object({
  generationId: z.int(),
  leaderId: z.string(),
  memberId: z.string(),
  members: z.array(z.object({ memberId: z.string(), memberMetadata: z.instanceof(Buffer) })),
});
export const SyncAnswer = z.object({ memberAssignment: z.instanceof(Buffer) });

/** A member's message to the leader of its group: the partitions it holds, and since which generation. */
const ClaimSchema = z.object({
  generation: z.int(),
  held: z.array(z.object({ topic: z.string(), partition: z.int() })),
});

/** A member's details when it joins. */
export function encodeCandidate({ topics, held, generation }: Omit<Candidate, 'memberId'>): Buffer {
  const claim = { generation, held: held.map(({ topic, partition }) => ({ topic, partition })) };
  return AssignerProtocol.MemberMetadata.encode({
    version: 0,
    topics: [...topics],
    userData: Buffer.from(JSON.stringify(claim)),
  });
}

export function decodeCandidate(member: { memberId: string; memberMetadata: Buffer }): Candidate {
  const metadata = AssignerProtocol.MemberMetadata.decode(member.memberMetadata);
  const claim = ClaimSchema.parse(JSON.parse(metadata?.userData.toString() ?? ''));
  return { memberId: member.memberId, topics: metadata?.topics ?? [], ...claim };
}

export function encodeAssignment(share: readonly TopicPartition[]): Buffer {
  const assignment: Record<string, number[]> = {};
  for (const { topic, partition } of share) assignment[topic] = [...(assignment[topic] ?? []), partition];
  return AssignerProtocol.MemberAssignment.encode({ version: 0, assignment, userData: Buffer.alloc(0) });
}

/** @param bytes - empty for a member without a share */
export function decodeAssignment(bytes: Buffer): TopicPartition[] {
  const topics = Object.entries(AssignerProtocol.MemberAssignment.decode(bytes)?.assignment ?? {});
  return topics.flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition })));
}
