import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detection } from '../support/detections.ts';
import { openMailServer, type MailServer } from '../support/mail-server.ts';
import { openScene, until, type Scene } from '../support/scene.ts';
import { DEFAULT_DELIVERY } from '../../tell/outbox/delivery-settings.ts';
import { listNotices } from '../../tell/queries/list-notices.ts';
import { retryNotices } from '../../tell/queries/retry-notices.ts';

let scene: Scene;
let server: MailServer;
beforeEach(async () => {
  [scene, server] = await Promise.all([openScene(), openMailServer()]);
});
afterEach(async () => {
  await scene.close();
  await server.close();
});

const start = (to: string, digestEveryMs: number | null = null) =>
  scene.start({
    config: {
      email: { smtpUrl: server.url, from: 'leakwatch@example.org', to, timeoutMs: 2000 },
      digestEveryMs,
      delivery: { ...DEFAULT_DELIVERY, firstRetryMs: 20, longestRetryMs: 100, pollMs: 20 },
    },
  });
const notice = async () => (await listNotices(scene.store.pool, { limit: 10 }))[0];

describe('a mail of whose recipients some are refused', () => {
  it('for now: is tried for those alone, until they have it', async () => {
    await start('team@example.org, Later <later@example.org>');
    await scene.detect(detection());
    await until(async () => ((await notice())?.attempts ?? 0) >= 3);
    expect(await notice()).toMatchObject({
      lastError: 'SMTP 450: 1 of 2 recipients refused',
      deliveredAt: null,
      gaveUpAt: null,
    });
    expect(server.recipients).toEqual([['team@example.org']]);

    server.defer(false);
    await until(async () => (await notice())?.deliveredAt instanceof Date);
    expect(server.recipients).toEqual([['team@example.org'], ['later@example.org']]);
    const ids = server.mails.map((mail) => /^Message-ID:\s+(.*)\r$/im.exec(mail)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });

  it('for good: is told to the others once, and stands as failed without holding up what follows', async () => {
    await start('team@example.org, nobody@example.org');
    await scene.detect(detection());
    await until(async () => (await notice())?.gaveUpAt instanceof Date);
    expect(await listNotices(scene.store.pool, { failed: true, limit: 10 })).toMatchObject([
      { change: 'opened', attempts: 1, lastError: 'SMTP 550: 1 of 2 recipients refused for good' },
    ]);
    await scene.detect(detection({ nativeId: 'q' }));
    await until(() => server.recipients.length === 2);
    expect(server.recipients).toEqual([['team@example.org'], ['team@example.org']]);

    // After a manual retry still no recipient is told twice.
    await until(async () => (await listNotices(scene.store.pool, { failed: true, limit: 10 })).length === 2);
    await retryNotices(scene.store.pool, null);
    await until(async () => {
      const notices = await listNotices(scene.store.pool, { limit: 10 });
      return notices.every(({ attempts, gaveUpAt }) => attempts === 2 && gaveUpAt !== null);
    });
    expect(server.recipients).toHaveLength(2);
  });

  it('one for now and one for good: both are tried again until only the latter is left', async () => {
    await start('team@example.org, nobody@example.org, later@example.org');
    await scene.detect(detection());
    await until(async () => ((await notice())?.attempts ?? 0) >= 2);
    expect(await notice()).toMatchObject({
      lastError: 'SMTP 450: 2 of 3 recipients refused',
      gaveUpAt: null,
    });
    server.defer(false);
    await until(async () => (await notice())?.gaveUpAt instanceof Date);
    expect(await notice()).toMatchObject({ lastError: 'SMTP 550: 1 of 3 recipients refused for good' });
    expect(server.recipients).toEqual([['team@example.org'], ['later@example.org']]);
  });

  it('holds no address in the database', async () => {
    await start('team@example.org, nobody@example.org');
    await scene.detect(detection());
    await until(async () => (await notice())?.gaveUpAt instanceof Date);
    const { rows } = await scene.store.pool.query('SELECT row_to_json(d)::text AS row FROM alert_delivery d');
    expect(JSON.stringify(rows)).toMatch(/reached[^[]*\[[^\]]*[0-9a-f]{64}/);
    expect(JSON.stringify(rows)).not.toContain('example.org');
  });
});

it('a digest is mailed once to whom it reached, too', async () => {
  await start('team@example.org, later@example.org', 24 * 3_600_000);
  await scene.detect(detection());
  const { pool } = scene.store;
  await until(async () => (await pool.query('SELECT 1 FROM digest_entry')).rowCount === 1);
  await pool.query(`UPDATE digest_entry SET added_at = added_at - interval '1 day'`);
  await until(async () => ((await notice())?.attempts ?? 0) >= 2);
  expect(await notice()).toMatchObject({
    change: 'digest',
    lastError: 'SMTP 450: 1 of 2 recipients refused',
  });
  server.defer(false);
  await until(async () => (await notice())?.deliveredAt instanceof Date);
  expect(server.recipients).toEqual([['team@example.org'], ['later@example.org']]);
});
