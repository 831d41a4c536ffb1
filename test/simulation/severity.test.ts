import { describe, expect, it } from 'vitest';
import { deriveExpectedAlerts } from '../../fixtures/derive-expected-alerts.ts';
import { loadFixtures } from '../../fixtures/load-fixtures.ts';
import { judgeLeaks, mockLeaks, type JudgedIncident } from './severity-of-worlds.ts';

/** docs/decisions/0306-severity.md: a severity that most incidents have says nothing. */
const MOST_CRITICAL = 0.15;
const SEEDS = [1, 2, 3, 4];
/** About seven minutes of `up --source mock`: most incidents have come, some with ten posts. */
const POSTS = 8000;

function shareOfCritical(incidents: readonly JudgedIncident[]): number {
  return incidents.filter(({ severity }) => severity === 'critical').length / incidents.length;
}

describe('the built-in severity separates', () => {
  it.each(SEEDS)('in the mock world of seed %d', (seed) => {
    const { list, leaks } = mockLeaks(seed, POSTS, null);
    const incidents = judgeLeaks(list, leaks);
    expect(incidents.length).toBeGreaterThan(30);
    expect(shareOfCritical(incidents)).toBeLessThan(MOST_CRITICAL);
  });

  it('in the recorded posts of the demo', async () => {
    const { watchList, posts, labels } = await loadFixtures();
    const at = new Map(posts.map(({ id, publishedAt = '' }) => [id, new Date(publishedAt)]));
    const leaks = deriveExpectedAlerts(watchList, posts, labels).flatMap(
      ({ creatorId, campaignId, postIds }) =>
        postIds.map((id) => ({
          creatorId,
          campaignId,
          kind: 'term' as const,
          confidence: 1,
          at: at.get(id) ?? new Date(0),
        })),
    );
    const incidents = judgeLeaks(watchList, leaks);
    expect(incidents.length).toBeGreaterThan(25);
    expect(shareOfCritical(incidents)).toBeLessThan(MOST_CRITICAL);
  });

  it('and keeps every leak of a critical campaign in its last three days among the critical', () => {
    const near = SEEDS.flatMap((seed) => {
      // The first campaign lifts in three days, the second in two; the others later.
      const { list, leaks } = mockLeaks(seed, POSTS, (index) => [72, 48, 300][index] ?? 700);
      return judgeLeaks(list, leaks).filter(
        ({ sensitivity, hoursLeft }) => sensitivity === 'critical' && hoursLeft.some((hours) => hours <= 72),
      );
    });
    expect(near.length).toBeGreaterThan(10);
    expect(near.filter(({ severity }) => severity !== 'critical')).toEqual([]);
  });
});
