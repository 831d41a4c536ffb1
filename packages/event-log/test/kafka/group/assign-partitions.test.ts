import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignPartitions, type Candidate } from '../../../kafka/group/assign-partitions.ts';
import { partitionName, type TopicPartition } from '../../../adapter/log-source.ts';

function partitionsOf(topic: string, count: number): TopicPartition[] {
  return Array.from({ length: count }, (_, partition) => ({ topic, partition }));
}

function candidate(memberId: string, held: readonly TopicPartition[] = [], generation = 1): Candidate {
  return { memberId, topics: ['posts', 'detections'], held, generation };
}

describe('assignPartitions', () => {
  it('gives every partition to one member, as evenly as they divide, whatever members claim', () => {
    const anyClaim = fc.record({
      generation: fc.integer({ min: -1, max: 5 }),
      held: fc.array(
        fc.record({ topic: fc.constantFrom('posts', 'gone'), partition: fc.integer({ min: 0, max: 40 }) }),
      ),
    });
    fc.assert(
      fc.property(fc.array(anyClaim, { minLength: 1, maxLength: 7 }), fc.nat(30), (claims, count) => {
        const members = claims.map((claim, n) => candidate(`m${n}`, claim.held, claim.generation));
        const all = partitionsOf('posts', count);
        const shares = [...assignPartitions(members, all).values()];
        expect(shares.flat().map(partitionName).toSorted()).toEqual(all.map(partitionName).toSorted());
        const sizes = shares.map((share) => share.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('leaves members what they hold when nothing changes, and moves only a share to one that joins', () => {
    const all = partitionsOf('posts', 12);
    const [a, b] = [all.slice(0, 6), all.slice(6)];
    const same = assignPartitions([candidate('a', a), candidate('b', b)], all);
    expect(same).toEqual(
      new Map([
        ['a', a],
        ['b', b],
      ]),
    );
    const grown = assignPartitions([candidate('a', a), candidate('b', b), candidate('c')], all);
    expect(grown.get('a')).toEqual(a.slice(0, 4));
    expect(grown.get('b')).toEqual(b.slice(0, 4));
    expect(grown.get('c')).toHaveLength(4);
  });

  it('believes the younger of two claims', () => {
    const all = partitionsOf('posts', 2);
    const [zombie, successor] = [candidate('a', all, 3), candidate('b', [all[0]!], 4)];
    expect(assignPartitions([zombie, successor], all).get('b')).toEqual([all[0]]);
  });

  it('gives a topic only to those that read it', () => {
    const reader = candidate('a');
    const other: Candidate = { ...candidate('b'), topics: ['detections'] };
    const all = [...partitionsOf('posts', 4), ...partitionsOf('detections', 4)];
    const shares = assignPartitions([reader, other], all);
    expect(shares.get('a')).toHaveLength(6);
    expect(shares.get('b')?.map(({ topic }) => topic)).toEqual(['detections', 'detections']);
  });
});
