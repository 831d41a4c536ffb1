import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { listAlerts } from '../../incidents/index.ts';
import { detection, revisionScan } from '../support/detections.ts';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.start();
});
afterAll(() => scene.close());
beforeEach(() => scene.clear());

const prioritiesOf = async () => (await scene.alerts()).map(({ priority }) => priority);

it('is the points, less for a doubtful match, and rises with a surer one', async () => {
  await scene.detect(detection({ nativeId: 'doubtful', itemId: 'product', confidence: 0.65 }));
  expect(await prioritiesOf()).toEqual([40 - 5 + 5 - 7]);
  await scene.detect(detection({ nativeId: 'sure', confidence: 1 }));
  expect(await prioritiesOf()).toEqual([40 - 5 + 5]);
});

it('falls once no post shows it any longer', async () => {
  const first = detection({ nativeId: 'one' });
  const second = detection({ nativeId: 'two' });
  await scene.detect(first, second);
  await scene.detect(revisionScan({ nativeId: 'one', revision: 2, found: [] }));
  expect(await prioritiesOf()).toEqual([45]);
  await scene.detect(revisionScan({ nativeId: 'two', revision: 2, found: [] }));
  expect(await prioritiesOf()).toEqual([20]);
});

it('is the order within a severity, not across', async () => {
  await scene.detect(detection({ creatorId: 'mara', nativeId: 'low', confidence: 0.65 }));
  await scene.detect(detection({ creatorId: 'leaky', nativeId: 'sure' }));
  await scene.detect(
    detection({
      creatorId: 'unregistered:x/x/1',
      nativeId: 'high',
      campaignId: 'borealis',
      confidence: 0.65,
    }),
  );
  const alerts = await listAlerts(scene.store.pool, { order: 'priority', limit: 10 });
  expect(alerts.map(({ severity }) => severity)).toEqual(['high', 'medium', 'medium']);
  expect(alerts.map(({ creatorId }) => creatorId)).toEqual(['unregistered:x/x/1', 'leaky', 'mara']);
});
