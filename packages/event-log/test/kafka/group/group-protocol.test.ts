import { describe, expect, it } from 'vitest';
import {
  decodeAssignment,
  decodeCandidate,
  encodeAssignment,
  encodeCandidate,
  hasGroupRequests,
} from '../../../kafka/group/group-protocol.ts';

const HELD = [
  { topic: 'posts', partition: 2 },
  { topic: 'alerts', partition: 0 },
  { topic: 'posts', partition: 11 },
];

describe('the group protocol', () => {
  it('carries what a member reads and holds, and nothing else of it', () => {
    const held = HELD.map((one) => ({ ...one, offset: '7' }));
    const memberMetadata = encodeCandidate({ topics: ['posts', 'alerts'], held, generation: 4 });
    expect(decodeCandidate({ memberId: 'a', memberMetadata })).toEqual({
      memberId: 'a',
      topics: ['posts', 'alerts'],
      held: HELD,
      generation: 4,
    });
  });

  it('carries a share, by topic', () => {
    expect(decodeAssignment(encodeAssignment(HELD))).toEqual([HELD[0], HELD[2], HELD[1]]);
    expect(decodeAssignment(encodeAssignment([]))).toEqual([]);
    expect(decodeAssignment(Buffer.alloc(0))).toEqual([]);
  });

  it('tells brokers with all group requests from others', () => {
    const request = () => Promise.resolve();
    const all = { joinGroup: request, syncGroup: request, heartbeat: request, leaveGroup: request };
    expect(hasGroupRequests(all)).toBe(true);
    for (const name of Object.keys(all)) expect(hasGroupRequests({ ...all, [name]: undefined })).toBe(false);
  });
});
