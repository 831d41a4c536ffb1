import { alertId, ReportSchema } from '@leakwatch/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { detection } from '../../alerting/test/support/detections.ts';
import { openScene, type Scene } from '../../alerting/test/support/scene.ts';
import { moveAlerts } from '../commands/alert-move.ts';
import { showReport } from '../commands/report.ts';
import { recordVerdict } from '../commands/verdict.ts';
import { capture } from './support/capture.ts';

const BY = { dataDir: 'unused', by: 'ana', reason: 'because', dryRun: false };

let scene: Scene;
const databaseBefore = process.env['DATABASE_URL'];
beforeAll(async () => {
  scene = await openScene();
  process.env['DATABASE_URL'] = scene.store.connectionString;
  await scene.start();
});
afterAll(async () => {
  if (databaseBefore === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = databaseBefore;
  await scene.close();
});

const one = (id: string) => ({ kind: 'ids', ids: [id] }) as const;

it('verdict and report tell one precision, also of an alert that was judged, reopened and merged', async () => {
  await scene.detect(
    detection({ nativeId: 'a', publishedAt: '2026-11-01T09:00:00.000Z' }),
    detection({ nativeId: 'b', publishedAt: '2026-11-20T09:00:00.000Z' }),
    detection({ nativeId: 'c', creatorId: 'nils' }),
  );
  const [wrong, same, other] = [
    alertId('mara', 'aurora', 1),
    alertId('mara', 'aurora', 2),
    alertId('nils', 'aurora', 1),
  ];
  await recordVerdict(one(wrong), 'false-positive', BY, capture().screen);
  await moveAlerts(one(wrong), { change: 'reopened' }, BY, capture().screen);
  await moveAlerts(one(wrong), { change: 'merged', into: same }, BY, capture().screen);
  await recordVerdict(one(same), 'confirmed', BY, capture().screen);
  const verdict = capture();
  await recordVerdict(one(other), 'confirmed', BY, verdict.screen);
  const report = capture();
  await showReport({ dataDir: BY.dataDir, json: true }, report.screen);

  const [all] = ReportSchema.parse(JSON.parse(report.lines.join(''))).precision;
  expect(all).toMatchObject({ precision: 1, n: 2, unreviewed: 0 });
  expect(verdict.lines.at(-1)).toMatch(/^precision by verdicts: 100\.0 % .*n = 2, 0 unreviewed/);
});

it('both correct it for analysts who err', async () => {
  process.env['LEAKWATCH_VERDICT_SPECIFICITY'] = '0.7';
  const verdict = capture();
  await recordVerdict(one(alertId('nils', 'aurora', 1)), 'false-positive', BY, verdict.screen);
  const report = capture();
  await showReport({ dataDir: BY.dataDir, json: true }, report.screen);
  delete process.env['LEAKWATCH_VERDICT_SPECIFICITY'];

  const [all] = ReportSchema.parse(JSON.parse(report.lines.join(''))).precision;
  expect(all).toMatchObject({ n: 2, right: 1 });
  // (0.5 − 0.3) / 0.7
  expect(all?.precision).toBeCloseTo(0.2857, 3);
  expect(verdict.lines.at(-1)).toMatch(/^precision by verdicts: 28\.6 % /);
});
