import { expect, it } from 'vitest';
import { countPlaces, placeInMatrix } from '../api/creators/place-in-matrix.ts';

it('places creators by score and audience, at the bounds as well', () => {
  const at = (riskScore: number | null, followers: number) => placeInMatrix({ riskScore, followers });
  expect(at(14, 9_999)).toEqual({ likelihood: 0, impact: 0 });
  expect(at(15, 10_000)).toEqual({ likelihood: 1, impact: 1 });
  expect(at(35, 100_000)).toEqual({ likelihood: 2, impact: 2 });
  expect(at(null, 5_000_000)).toEqual({ likelihood: 0, impact: 2 });
});

it('counts the creators of each place', () => {
  const low = placeInMatrix({ riskScore: 0, followers: 10 });
  const high = placeInMatrix({ riskScore: 40, followers: 200_000 });
  expect(countPlaces([low, high, low])).toEqual([
    { ...low, count: 2 },
    { ...high, count: 1 },
  ]);
});
