import { RescanRequestSchema } from '@leakwatch/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeRescanState } from '../../../rescan/jobs/queries/change-job-state.ts';
import { createRescanJob } from '../../../rescan/jobs/queries/create-job.ts';
import { startRescanPass } from '../../../rescan/jobs/queries/start-pass.ts';
import { finishRescanPasses } from '../../../rescan/passes/queries/finish-passes.ts';
import { recordRescanFindings } from '../../../rescan/passes/queries/record-findings.ts';
import { recordRescanProgress } from '../../../rescan/passes/queries/record-progress.ts';
import { detection } from '../support/detections.ts';
import { openMailServer, type MailServer } from '../support/mail-server.ts';
import { openScene, until, type Scene } from '../support/scene.ts';
import { DEFAULT_DELIVERY } from '../../tell/outbox/delivery-settings.ts';
import { listNotices } from '../../tell/queries/list-notices.ts';

let scene: Scene;
let server: MailServer;
beforeEach(async () => {
  [scene, server] = await Promise.all([openScene(), openMailServer()]);
});
afterEach(async () => {
  await scene.close();
  await server.close();
});

const HOUR = 3_600_000;
const start = (digestEveryMs: number | null) =>
  scene.start({
    config: {
      email: {
        smtpUrl: server.url,
        from: 'leakwatch@example.org',
        to: 'team@example.org',
        timeoutMs: 2000,
      },
      digestEveryMs,
      delivery: { ...DEFAULT_DELIVERY, firstRetryMs: 20, longestRetryMs: 100, pollMs: 20 },
    },
  });
const yesterday = () => new Date(Date.now() - 24 * HOUR);
const job = (id: string) => ({
  id,
  cause: 'request' as const,
  request: RescanRequestSchema.parse({ campaigns: ['aurora'] }),
  requestedBy: 'ana',
  at: yesterday(),
});

/** A re-scan that looked at 1,200 fingerprints, has three findings in two alerts, and ended a day ago. */
async function rescan(id: string): Promise<void> {
  const findings = [
    detection({ nativeId: 'live-too' }),
    detection({ nativeId: 'old', creatorId: 'nils' }),
    detection({ nativeId: 'older', creatorId: 'nils' }),
  ].map((one) => ({ ...one, rescanJobId: id }));
  await scene.store.transaction(async (tx) => {
    await createRescanJob(tx, job(id));
    const ranges = [{ partition: 0, from: 0n, to: 2000n }];
    await startRescanPass(tx, { id, watchListVersion: 1, jobIds: [id], ranges, at: yesterday() });
    await recordRescanFindings(
      tx,
      findings.map((one) => ({ jobId: id, detection: one, removed: false })),
      yesterday(),
    );
    const counts = [{ jobId: id, examined: 1200, unreadable: 0 }];
    await recordRescanProgress(tx, { passId: id, partition: 0, at: 0n, to: 2000n, counts });
    await finishRescanPasses(tx, new Map(), yesterday());
  });
  await scene.detect(...findings);
}
const mailed = () => server.mails.map((mail) => mail.replaceAll('=\r\n', ''));

it('a digest tells of the re-scans that ended, a line each, once, and nothing of what they found', async () => {
  const { app } = await start(null);
  await scene.detect(detection());
  await rescan('4be1f00d');
  await scene.store.transaction(async (tx) => {
    await createRescanJob(tx, job('c0ffee00'));
    await changeRescanState(tx, 'c0ffee00', { from: ['waiting'], to: 'cancelled' }, yesterday());
    await createRescanJob(tx, job('not-ended'));
  });
  await app.stop();
  expect(mailed().join('\n')).not.toContain('Re-scan');

  await Promise.all([start(24 * HOUR), start(24 * HOUR)]);
  await until(() => mailed().some((mail) => mail.includes('c0ffee00')));
  await until(async () => {
    const notices = await listNotices(scene.store.pool, { limit: 10 });
    return notices.every(({ deliveredAt }) => deliveredAt !== null);
  });
  const everything = mailed().join('\n');
  expect(everything).toMatch(/^Subject: Leakwatch digest: 2 re-scans\r$/m);
  expect(everything).toContain(
    'Re-scan 4be1f00d (request) finished: 1200 fingerprints, 3 findings, 1 alert opened, 1 joined',
  );
  expect(everything).toContain(
    'Re-scan c0ffee00 (request) cancelled: 0 fingerprints, 0 findings, 0 alerts opened, 0 joined',
  );
  expect(everything.match(/Re-scan 4be1f00d/g)).toHaveLength(1);
  for (const secret of ['aurora', 'mara', 'nils', 'secret', 'codename', 'not-ended']) {
    expect(everything).not.toContain(secret);
  }
});
