import { EVENTS } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { splitByWork } from '../steps/split-by-work.ts';
import { isPlainlyWithoutMedia } from '../steps/without-media.ts';

function isPassedOver(post: object, type: string = EVENTS.post.type): boolean {
  return isPlainlyWithoutMedia({ headers: { ce_type: type }, value: Buffer.from(JSON.stringify(post)) });
}

describe('a post without media', () => {
  it('is told by its bytes, if it is a new one', () => {
    expect(isPassedOver({ op: 'create', media: [] })).toBe(true);
    expect(isPassedOver({ op: 'create', media: [{ index: 0 }] })).toBe(false);
    expect(isPassedOver({ op: 'update', media: [] })).toBe(false);
    expect(isPassedOver({ op: 'delete', media: [] })).toBe(false);
  });

  it('is not feigned by what a post says', () => {
    const text = '"media":[] "op":"create" \\"media":[]';
    expect(isPassedOver({ op: 'create', text, media: [{ index: 0, altText: text }] })).toBe(false);
    expect(isPassedOver({ op: 'update', text, media: [] })).toBe(false);
  });

  it('is no other event', () => {
    expect(isPassedOver({ op: 'create', media: [] }, EVENTS.detection.type)).toBe(false);
  });
});

describe('splitByWork', () => {
  const split = (items: string) =>
    splitByWork(items.split(''), (item) => item === 'H', 2).map((part) => part.join(''));

  it('cuts before the heavy one that would be too many, and loses nothing', () => {
    expect(split('')).toEqual([]);
    expect(split('...')).toEqual(['...']);
    expect(split('.H.H..H.HH')).toEqual(['.H.H..', 'H.H', 'H']);
  });
});
