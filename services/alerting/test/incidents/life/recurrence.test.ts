import { ResolutionSchema } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { isRecurrence } from '../../../incidents/life/recurrence.ts';
import { type FoundIncident } from '../../../incidents/queries/find-episodes.ts';
import { detection } from '../../support/detections.ts';
import { minute, openLife } from '../../support/lives.ts';

const LIVE = detection();
const RESCANNED = { ...LIVE, rescanJobId: 'job-1' };
type Resolution = FoundIncident['life']['resolution'];

function incident(bond: FoundIncident['bond'], resolution: Resolution): FoundIncident {
  const resolved = { state: 'resolved', resolution, resolvedAt: minute(5) } as const;
  const life = resolution === null ? openLife() : openLife(resolved);
  return { alertId: 'a'.repeat(64), bond, life, posts: 2 };
}

const EVERY: readonly Resolution[] = [null, ...ResolutionSchema.options];
function recurs(one: typeof LIVE, bond: FoundIncident['bond']): readonly Resolution[] {
  return EVERY.filter((resolution) => isRecurrence(one, incident(bond, resolution)));
}

describe('an incident happens again', () => {
  it('with another post soon enough, however it stands', () => {
    expect(recurs(LIVE, 'continued')).toEqual(EVERY);
  });

  it('with another finding in a post, if it was judged innocent', () => {
    expect(recurs(LIVE, 'same-revision')).toEqual(['false-positive', 'duplicate']);
  });

  it('never with the same finding in an edit of the post', () => {
    expect(recurs(LIVE, 'same-item')).toEqual([]);
  });

  it.each(['continued', 'same-revision', 'same-item'] as const)('never by a re-scan: %s', (bond) => {
    expect(recurs(RESCANNED, bond)).toEqual([]);
  });
});
