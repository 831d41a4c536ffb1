import { describe, expect, it } from 'vitest';
import { assertRoomForTerms, bytesOfTerms, megabytesForTerms, roomOfProcess } from '../room-for-terms.ts';

describe('the room for a watch list', () => {
  const plenty = { heapBytes: 8e9, allBytes: Number.POSITIVE_INFINITY };

  it('is enough for a small list, however little it is', () => {
    expect(() => assertRoomForTerms(100, { heapBytes: 0, allBytes: 0 })).not.toThrow();
  });

  it('must hold the heap of a large list, and all of it in the container', () => {
    const { heapBytes, allBytes } = bytesOfTerms(100_000);
    expect(() => assertRoomForTerms(100_000, plenty)).not.toThrow();
    expect(() => assertRoomForTerms(100_000, { heapBytes, allBytes })).not.toThrow();
    const message =
      /^100000 terms take about 210 MB more, and this process has \d+ MB left: it needs 700 MB in all/;
    expect(() => assertRoomForTerms(100_000, { ...plenty, heapBytes: heapBytes - 1 })).toThrow(message);
    expect(() => assertRoomForTerms(100_000, { ...plenty, allBytes: allBytes - 1 })).toThrow(message);
  });

  it('is told by this process, and for two versions at the import', () => {
    expect(roomOfProcess().heapBytes).toBeGreaterThan(0);
    expect(roomOfProcess().allBytes).toBeGreaterThan(0);
    expect(megabytesForTerms(100_000)).toBe(700);
  });
});
