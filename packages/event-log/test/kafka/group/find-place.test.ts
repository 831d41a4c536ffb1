import { describe, expect, it } from 'vitest';
import { findPlace } from '../../../kafka/group/find-place.ts';

const HEAD = { topic: 'posts', partition: 2, start: 10n, end: 20n };

describe('findPlace', () => {
  it.each([10n, 15n, 20n])('goes on at the committed offset %s', (committed) => {
    expect(findPlace(HEAD, { offset: committed, topicId: null }, { startAt: 'latest' }, 'one')).toEqual({
      offset: committed,
      mustCommit: false,
      isOfAnother: false,
    });
  });

  it('leaves a committed offset that was trimmed away: the subscription reports it', () => {
    expect(findPlace(HEAD, { offset: 3n, topicId: 'one' }, { startAt: 'latest' }, 'one').offset).toBe(3n);
  });

  it('leaves one that lies past the end: the subscription waits, and goes back', () => {
    expect(findPlace(HEAD, { offset: 21n, topicId: 'one' }, { startAt: 'earliest' }, 'one').offset).toBe(21n);
  });

  it.each([5n, 15n, 25n])(
    'begins at the start of another topic, whatever offset %s says of the old one',
    (offset) => {
      const place = findPlace(HEAD, { offset, topicId: 'one' }, { startAt: 'latest' }, 'two');
      expect(place).toEqual({ offset: 10n, mustCommit: true, isOfAnother: true });
    },
  );

  it('trusts an offset where the broker tells no ids', () => {
    const committed = { offset: 15n, topicId: 'one' };
    expect(findPlace(HEAD, committed, { startAt: 'latest' }, undefined).offset).toBe(15n);
  });

  it('begins a new group at the start or at the end; the end must be committed', () => {
    expect(findPlace(HEAD, undefined, { startAt: 'earliest' }, 'one')).toEqual({
      offset: 10n,
      mustCommit: false,
      isOfAnother: false,
    });
    expect(findPlace(HEAD, undefined, { startAt: 'latest' }, 'one')).toEqual({
      offset: 20n,
      mustCommit: true,
      isOfAnother: false,
    });
  });

  it('begins a new group where it asks to, within what is kept', () => {
    const beginAt = (offset: bigint) =>
      findPlace(HEAD, undefined, { startAt: 'earliest', startFrom: new Map([[2, offset]]) }, 'one');
    expect(beginAt(13n)).toMatchObject({ offset: 13n, mustCommit: true });
    expect(beginAt(10n)).toMatchObject({ offset: 10n, mustCommit: false });
    expect(beginAt(4n)).toMatchObject({ offset: 10n, mustCommit: false });
  });

  it('ignores a beginning for other partitions', () => {
    const beginning = { startAt: 'earliest', startFrom: new Map([[1, 13n]]) } as const;
    expect(findPlace(HEAD, undefined, beginning, 'one').offset).toBe(10n);
  });
});
