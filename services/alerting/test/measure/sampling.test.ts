import { hashId } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { loadBuiltInRuleset } from '../../judge/load-ruleset.ts';
import { attentionAt } from '../../measure/sampling/attention.ts';
import { countPosts } from '../../measure/sampling/count-posts.ts';
import { drawPost } from '../../measure/sampling/draw-post.ts';
import { samplingPolicy } from '../../measure/sampling/sampling-policy.ts';

const policy = samplingPolicy(loadBuiltInRuleset(), { uniformShare: 0.02, seed: 'a test' });
const POSTS = 20_000;
const drawAll = (tier: 1 | 2 | 3 | 5, inWindow = true) =>
  Array.from({ length: POSTS }, (_, n) =>
    drawPost(
      {
        threadId: hashId('post', n),
        creatorId: 'mara',
        attention: { tier, inWindow },
        ordinal: BigInt(n),
      },
      policy,
    ),
  );
const share = (draws: ReturnType<typeof drawAll>, stratum?: string) =>
  draws.filter(({ strata }) =>
    stratum === undefined ? strata.length > 0 : strata.some((one) => one === stratum),
  ).length / POSTS;

describe('The draw of a post', () => {
  it('is the same in every draw, and another one by another seed', () => {
    const post = { creatorId: 'mara', attention: { tier: 2, inWindow: true }, ordinal: 3n } as const;
    const threads = Array.from({ length: 300 }, (_, n) => hashId(n));
    const drawnBy = (seed: string) =>
      threads.filter((threadId) => drawPost({ ...post, threadId }, { ...policy, seed }).strata.length > 0);
    expect(drawnBy('one')).toEqual(drawnBy('one'));
    expect(drawnBy('one')).not.toEqual(drawnBy('two'));
  });

  it('of a bulk creator is by the uniform stratum alone', () => {
    const draws = drawAll(1);
    expect(new Set(draws.map(({ probability }) => probability.toFixed(12)))).toEqual(
      new Set(['0.020000000000']),
    );
    // Four standard deviations of 20,000 draws.
    expect(Math.abs(share(draws) - 0.02)).toBeLessThan(0.004);
  });

  it('of a creator at risk is by chance, by count and uniformly, each apart from the others', () => {
    const draws = drawAll(2);
    expect(draws[0]?.probability).toBeCloseTo(1 - 0.98 * 0.95 * 0.95, 12);
    expect(Math.abs(share(draws) - 0.11555)).toBeLessThan(0.0091);
    expect(Math.abs(share(draws, 'random') - 0.05)).toBeLessThan(0.0062);
    expect(share(draws, 'systematic')).toBe(1 / 20);
  });

  it('of a focused creator takes every post of the window, and outside of it the uniform share', () => {
    expect(share(drawAll(3))).toBe(1);
    expect(drawAll(3)[0]?.probability).toBe(1);
    expect(drawAll(3, false)[0]?.probability).toBeCloseTo(0.02, 12);
  });

  it('leaves no creator out of reach', () => {
    for (const tier of [1, 2, 3, 5] as const) expect(share(drawAll(tier))).toBeGreaterThan(0.01);
  });
});

describe("A creator's posts", () => {
  const place = (offset: bigint, minute = Number(offset)) => ({
    partition: 0,
    offset,
    appendedAt: new Date(minute * 60_000),
  });

  it('are counted once however often their records come', () => {
    const first = countPosts(new Map());
    expect([1n, 2n, 2n, 1n, 5n].map((offset) => first.ordinalOf('mara', place(offset)))).toEqual([
      0n,
      1n,
      null,
      null,
      2n,
    ]);
    const again = countPosts(new Map(first.moved().map((count) => [count.creatorId, count])));
    expect([2n, 5n, 9n].map((offset) => again.ordinalOf('mara', place(offset)))).toEqual([null, null, 3n]);
  });

  it('are counted on in a log that begins anew', () => {
    const before = countPosts(new Map());
    before.ordinalOf('mara', place(7n));
    const after = countPosts(new Map(before.moved().map((count) => [count.creatorId, count])));
    expect(after.ordinalOf('mara', place(0n, 60))).toBe(1n);
  });
});

describe('How closely a creator is watched', () => {
  const at = new Date('2026-11-20T12:00:00Z');
  const later = at.getTime() + 1;

  it('is by the campaign that asks for the most, while it is secret', () => {
    expect(attentionAt([], at)).toEqual({ tier: 1, inWindow: false });
    expect(attentionAt([{ tier: 3, secretUntilMs: at.getTime() }], at)).toEqual({ tier: 1, inWindow: false });
    const spans = [
      { tier: 5, secretUntilMs: Infinity },
      { tier: 2, secretUntilMs: later },
      { tier: 3, secretUntilMs: 0 },
    ] as const;
    expect(attentionAt(spans, at)).toEqual({ tier: 2, inWindow: true });
    expect(attentionAt(spans, new Date(later))).toEqual({ tier: 5, inWindow: true });
  });
});
