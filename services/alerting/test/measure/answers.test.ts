import { alertId } from '@leakwatch/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAlert, type AnalystMove } from '../../desk/moves/change-alert.ts';
import { EVERYTHING, loadAlertOutcomes } from '../../measure/queries/load-alert-outcomes.ts';
import { detection } from '../support/detections.ts';
import { NOW, openScene, until, type Scene } from '../support/scene.ts';

const MINUTE_MS = 60_000;
const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS);

let scene: Scene;
let metrics: Awaited<ReturnType<Scene['start']>>['metrics'];
beforeAll(async () => {
  scene = await openScene();
  ({ metrics } = await scene.start());
});
afterAll(() => scene.close());

it('an alert is answered when it is acknowledged, for the report, the metric and the escalation alike', async () => {
  await scene.detect(detection());
  const move = (minutes: number, made: AnalystMove) =>
    changeAlert(
      scene.store,
      { alertId: alertId('mara', 'aurora', 1), move: made, by: 'ana', reason: 'because' },
      () => after(minutes),
    );
  const answeredAt = async () => (await loadAlertOutcomes(scene.store.pool, EVERYTHING))[0]?.answeredAt;

  const assigned = await move(1, { change: 'assigned', to: 'ben' });
  expect([assigned.acknowledgedAt, await answeredAt()]).toEqual([null, null]);
  const investigating = await move(10, { change: 'investigating' });
  expect([investigating.acknowledgedAt, await answeredAt()]).toEqual([after(10), after(10)]);
  await move(20, { change: 'verdict-given', verdict: 'confirmed' });
  expect(await answeredAt()).toEqual(after(10));

  await until(async () => (await scene.alertEvents()).length === 4);
  const { values } = await metrics.alertResponse.get();
  const figure = (name: string) => values.find(({ metricName }) => metricName?.endsWith(name))?.value;
  expect([figure('_count'), figure('_sum')]).toEqual([1, 600]);
});
