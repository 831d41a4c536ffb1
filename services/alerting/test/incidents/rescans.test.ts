import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BUILT_IN_RULESET } from '@leakwatch/tier-rules';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { listDeliveries } from '../../desk/queries/list-deliveries.ts';
import { detection, type DetectionTraits } from '../support/detections.ts';
import { openScene, until, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const found = (traits: DetectionTraits) => ({ ...detection(traits), rescanJobId: 'job-1' });

/** A terminal that keeps its lines. */
function listen(lines: string[]) {
  return { write: (line: string) => lines.push(line), details: false };
}

/** Waits until every change is in the log, and told if it is for a channel. */
async function allTold(changes: number): Promise<void> {
  await until(async () => (await scene.alertEvents()).length === changes);
  const [alert] = await scene.alerts();
  await until(async () =>
    (await listDeliveries(scene.store.pool, alert!.id)).every(({ deliveredAt }) => deliveredAt !== null),
  );
}

describe('what a re-scan has found', () => {
  it('opens an incident that is shown without a notice, until a live post joins it', async () => {
    const lines: string[] = [];
    const { metrics } = await scene.start({ terminal: listen(lines) });
    await scene.detect(found({ nativeId: 'old' }), found({ nativeId: 'older' }));
    await allTold(2);
    expect((await scene.alerts()).map(({ state, occurrences }) => [state, occurrences.length])).toEqual([
      ['open', 2],
    ]);
    expect(lines).toEqual([]);

    await scene.detect(detection({ nativeId: 'new' }));
    await allTold(3);
    await until(() => lines.length > 0);
    expect(lines).toHaveLength(1);
    // A re-scan's finding says nothing about the speed of live alerts.
    const { values } = await metrics.detectionLatency.get();
    expect(values).toEqual([]);
  });

  it('opens no closed incident again', async () => {
    await scene.start();
    await scene.detect(detection({ nativeId: 'a' }));
    const [alert] = await scene.alerts();
    await giveVerdict(scene.store, {
      alertId: alert!.id,
      verdict: 'false-positive',
      reason: 'a namesake',
      givenBy: 'ana',
    });
    await scene.detect(found({ nativeId: 'a' }));
    expect(
      (await scene.alerts()).map(({ id, state, occurrences }) => [id, state, occurrences.length]),
    ).toEqual([[alert!.id, 'resolved', 1]]);
  });

  it('is told like a live post where the rule says so', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-rules-'));
    const rulesFile = path.join(folder, 'rules.yaml');
    await writeFile(
      rulesFile,
      BUILT_IN_RULESET.replaceAll('    falsepositives:', '    tellRescans: true\n    falsepositives:'),
    );
    const lines: string[] = [];
    await scene.start({ terminal: listen(lines), config: { rulesFile } });
    await scene.detect(found({ nativeId: 'old' }));
    await until(() => lines.length > 0);
    expect(lines).toHaveLength(1);
    await rm(folder, { recursive: true });
  });
});
