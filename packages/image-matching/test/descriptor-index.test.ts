import { expect, it } from 'vitest';
import { DescriptorIndex } from '../features/descriptor-index.ts';
import { randomHash, withBitsFlipped } from './helpers/random-hashes.ts';

const descriptors = (from: number, count: number) => {
  const all = new Uint32Array(count * 8);
  for (let i = 0; i < count; i++) all.set(randomHash(from + i), i * 8);
  return all;
};

it('finds most descriptors that differ in few bits, with owner, number and distance, at any size', () => {
  const index = new DescriptorIndex();
  for (let owner = 0; owner < 60; owner++) index.add(owner, descriptors(owner * 1000, 500));
  expect(index.size).toBe(30_000);
  const found = new Set<number>();
  for (let i = 0; i < 400; i++) {
    const owner = i % 60;
    const query = withBitsFlipped(randomHash(owner * 1000 + i), 20, i);
    index.search(query, 0, 40, (hitOwner, feature, distance) => {
      expect([hitOwner, feature, distance]).toEqual([owner, i, 20]);
      found.add(i);
      return 40;
    });
  }
  expect(found.size).toBeGreaterThan(300);
});

it('forgets an owner that is removed, and no other', () => {
  const index = new DescriptorIndex();
  const slots = Array.from({ length: 20 }, (_, owner) => index.add(owner, descriptors(owner * 1000, 400)));
  for (let owner = 0; owner < 20; owner += 2) index.remove(slots[owner]!);
  expect(index.size).toBe(4000);
  for (let owner = 0; owner < 20; owner++) {
    const hits = new Set<number>();
    index.search(descriptors(owner * 1000, 400), 7, 0, (hitOwner) => {
      hits.add(hitOwner);
      return 0;
    });
    expect([...hits]).toEqual(owner % 2 === 0 ? [] : [owner]);
  }
});
