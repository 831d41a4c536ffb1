import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InstantSchema } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { z } from 'zod';
import { type ExpectedLeak } from './score-alerts.ts';

const ExpectedAlertsSchema = z.object({
  /** The instant to which the fixtures' times are relative. */
  epoch: InstantSchema,
  alerts: z.array(
    z.object({ creatorId: z.string(), campaignId: z.string(), postIds: z.array(z.string()).min(1) }),
  ),
});

/** The folder of recorded posts: beside the bundled command, or at the top of a checkout. */
export function fixturesFolder(): string {
  const places = ['fixtures', '../../../fixtures'].map((place) => path.resolve(import.meta.dirname, place));
  const found = places.find((place) => existsSync(path.join(place, 'watchlist.yaml')));
  if (found === undefined) throw new UsageError("the demo's recorded posts are not installed here");
  return found;
}

/** Loads the leaks that the recorded posts must raise. */
export async function loadFixtureTruth(folder: string): Promise<{ epoch: Date; expected: ExpectedLeak[] }> {
  const text = await readFile(path.join(folder, 'expected-alerts.json'), 'utf8');
  const truth = ExpectedAlertsSchema.parse(JSON.parse(text));
  return {
    epoch: new Date(truth.epoch),
    expected: truth.alerts.flatMap(({ campaignId, postIds }) =>
      postIds.map((postId) => ({ postId, campaignId })),
    ),
  };
}
