import { expect, it } from 'vitest';
import { DescriptorIndex } from '../features/descriptor-index.ts';
import { RecentDescriptors } from '../features/recent-descriptors.ts';
import { SortedDescriptors } from '../features/sorted-descriptors.ts';
import { finish } from '../steps.ts';
import { randomHash, withBitsFlipped } from './helpers/random-hashes.ts';

const descriptors = (from: number, count: number) => {
  const all = new Uint32Array(count * 8);
  for (let i = 0; i < count; i++) all.set(randomHash(from + i), i * 8);
  return all;
};
const owned = (owner: number, count: number) => ({ owner, descriptors: descriptors(owner * 1000, count) });
const owners = (count: number, each: number) => Array.from({ length: count }, (_, i) => owned(i, each));

/** 12,000 are filed one by one, 120,000 are sorted at once. */
it.each([
  [24, 500],
  [150, 800],
])('finds most descriptors that differ in few bits, of %d owners with %d each', (count, each) => {
  const index = new DescriptorIndex();
  finish(index.add(count * each, owners(count, each)));
  expect(index.size).toBe(count * each);
  const found = new Set<number>();
  for (let i = 0; i < 400; i++) {
    const owner = i % count;
    const query = withBitsFlipped(randomHash(owner * 1000 + i), 20, i);
    index.search(query, 0, 40, (hitOwner, feature, distance) => {
      expect([hitOwner, feature, distance]).toEqual([owner, i, 20]);
      found.add(i);
      return 40;
    });
  }
  expect(found.size).toBeGreaterThan(300);
});

it('finds the same, in the same order, sorted or filed one by one, in full buckets too', () => {
  const count = 20;
  const alike = Uint32Array.from({ length: 40 * 8 }, (_, i) => (i % 8 === 6 ? i : 7));
  const all = [...owners(count, 300), { owner: count, descriptors: alike }];
  const [recent, sorted] = [new RecentDescriptors(), new SortedDescriptors(count * 300 + 40)];
  // As many as are sorted, so that keys are as long.
  for (const each of all) {
    recent.add(each.owner, each.descriptors);
    sorted.add(each);
  }
  finish(sorted.sort());
  const hits = (index: RecentDescriptors | SortedDescriptors, query: Uint32Array, feature: number) => {
    const found: string[] = [];
    index.search(query, feature, 100, (...hit) => {
      found.push(hit.join('/'));
      return 100;
    });
    return found;
  };
  for (const { descriptors: query } of all) {
    for (let feature = 0; feature < 40; feature++) {
      expect(hits(sorted, query, feature)).toEqual(hits(recent, query, feature));
    }
  }
  expect(hits(sorted, alike, 0).length).toBeGreaterThan(100);
});

/** Owners that are sorted, then owners filed one by one behind them. */
function indexOf(sorted: number, later: number): DescriptorIndex {
  const index = new DescriptorIndex();
  finish(index.add(sorted * 400, owners(sorted, 400)));
  finish(
    index.add(
      later * 400,
      Array.from({ length: later }, (_, i) => owned(sorted + i, 400)),
    ),
  );
  return index;
}

function ownersFound(index: DescriptorIndex, count: number): number[] {
  return Array.from({ length: count }, (_, owner) => owner).filter((owner) => {
    const hits = new Set<number>();
    index.search(descriptors(owner * 1000 + 7, 1), 0, 0, (hit) => {
      hits.add(hit);
      return 0;
    });
    return hits.has(owner);
  });
}

it('forgets an owner that is removed, and no other, wherever it was filed', () => {
  const index = indexOf(200, 20);
  const even = Array.from({ length: 110 }, (_, i) => i * 2);
  for (const owner of even) index.remove(owner);
  expect(index.size).toBe(110 * 400);
  expect(ownersFound(index, 220)).toEqual(even.map((owner) => owner + 1));
  // A number that is used again means the new owner.
  finish(index.add(400, [{ owner: 0, descriptors: descriptors(900_000, 400) }]));
  expect(ownersFound(index, 1)).toEqual([]);
  index.search(descriptors(900_000, 400), 3, 0, (owner, feature) => {
    expect([owner, feature]).toEqual([0, 3]);
    return 0;
  });
});

it('finds the old ones while many are filed, forgets those removed meanwhile, and uses their room again', () => {
  const index = indexOf(200, 5);
  const before = index.bytes;
  const filing = index.add(
    200 * 400,
    Array.from({ length: 200 }, (_, i) => owned(300 + i, 400)),
  );
  for (let step = 0; filing.next().done !== true; step++) {
    if (step === 0) index.remove(1);
    if (step === 6) index.remove(2);
    if (step % 20 === 0) expect(ownersFound(index, 204).length).toBeGreaterThan(201);
  }
  expect(ownersFound(index, 600)).toEqual([
    0,
    ...Array.from({ length: 202 }, (_, i) => i + 3),
    ...Array.from({ length: 200 }, (_, i) => i + 300),
  ]);
  for (let owner = 0; owner < 500; owner++) index.remove(owner);
  finish(index.add(200 * 400, owners(200, 400)));
  expect(index.bytes).toBeLessThanOrEqual(before);
});
