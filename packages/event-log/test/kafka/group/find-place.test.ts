import { describe, expect, it } from 'vitest';
import { findPlace } from '../../../kafka/group/find-place.ts';

const HEAD = { topic: 'posts', partition: 2, start: 10n, end: 20n };

describe('findPlace', () => {
  it.each([10n, 15n, 20n])('goes on at the committed offset %s', (committed) => {
    expect(findPlace(HEAD, committed, { startAt: 'latest' })).toEqual({
      offset: committed,
      mustCommit: false,
      isPastEnd: false,
    });
  });

  it('leaves a committed offset that was trimmed away: the subscription reports it', () => {
    expect(findPlace(HEAD, 3n, { startAt: 'latest' }).offset).toBe(3n);
  });

  it('goes on at the end where the committed offset lies past it', () => {
    expect(findPlace(HEAD, 21n, { startAt: 'earliest' })).toEqual({
      offset: 20n,
      mustCommit: false,
      isPastEnd: true,
    });
  });

  it('begins a new group at the start or at the end; the end must be committed', () => {
    expect(findPlace(HEAD, undefined, { startAt: 'earliest' })).toEqual({
      offset: 10n,
      mustCommit: false,
      isPastEnd: false,
    });
    expect(findPlace(HEAD, undefined, { startAt: 'latest' })).toEqual({
      offset: 20n,
      mustCommit: true,
      isPastEnd: false,
    });
  });

  it('begins a new group where it asks to, within what is kept', () => {
    const beginAt = (offset: bigint) =>
      findPlace(HEAD, undefined, { startAt: 'earliest', startFrom: new Map([[2, offset]]) });
    expect(beginAt(13n)).toMatchObject({ offset: 13n, mustCommit: true });
    expect(beginAt(10n)).toMatchObject({ offset: 10n, mustCommit: false });
    expect(beginAt(4n)).toMatchObject({ offset: 10n, mustCommit: false });
  });

  it('ignores a beginning for other partitions', () => {
    const beginning = { startAt: 'earliest', startFrom: new Map([[1, 13n]]) } as const;
    expect(findPlace(HEAD, undefined, beginning).offset).toBe(10n);
  });
});
