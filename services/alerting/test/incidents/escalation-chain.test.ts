import { alertId } from '@leakwatch/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listTransitions } from '../../desk/queries/list-transitions.ts';
import { detection } from '../support/detections.ts';
import { NOW, openScene, until, type Scene } from '../support/scene.ts';

const MARA = alertId('mara', 'aurora', 1);
const WEEK_MS = 7 * 24 * 3_600_000;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

/** Lets an alert pass its deadline. Gives the notice and the line of its history about the escalation. */
async function escalateWith(levels: number | null): Promise<{ notice: string; reason: string }> {
  const lines: string[] = [];
  let now = NOW;
  await scene.start({
    clock: () => now,
    config: { escalation: { levels, pollMs: 20 } },
    terminal: { write: (line) => lines.push(line), details: false },
  });
  await scene.detect(detection());
  now = new Date(NOW.getTime() + WEEK_MS);
  await until(() => lines.some((line) => line.includes('escalated')));
  const history = await listTransitions(scene.store.pool, MARA);
  return {
    notice: lines.find((line) => line.includes('escalated')) ?? '',
    reason: history.find(({ move }) => move === 'escalated')?.reason ?? '',
  };
}

it('names whom the tier names, in the notice and in the history', async () => {
  const { notice, reason } = await escalateWith(null);
  expect(notice).toMatch(/escalated to level 1, team-lead$/);
  expect(reason).toMatch(/^level 1 of 2, team-lead: /);
});

it('names no role, in neither, where a setting replaces the chains of the tiers', async () => {
  const { notice, reason } = await escalateWith(3);
  expect(reason).toMatch(/^level 1 of 3: /);
  expect(notice).toMatch(/escalated to level 1$/);
});
