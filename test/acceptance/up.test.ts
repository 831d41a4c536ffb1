import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { freePorts } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { openTestStore } from '@leakwatch/store/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { deliverPosts, WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { runLeakwatch, startLeakwatch } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const WATCH_LIST = `campaigns:
  - id: launch-77
    name: Launch
    brand: Vantablanc
    embargo: { liftsAt: 2099-01-01T00:00:00Z }
    terms: [{ id: name-77, text: Quillon Ember }]
creators:
  - { id: creator-ana, accounts: [{ platform: webhook, handle: ana }] }
`;

/** This machine's own, in a whole net of which only Linux has every one. */
const ADDRESSES = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
const itHasAddresses = itNeeds('Linux, which has every address of 127.0.0.0/8', process.platform === 'linux');

function takesConnections(host: string, port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), host)
      .on('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .on('error', () => resolve(false));
  });
}

const AlertLine = z.looseObject({
  id: z.string(),
  severity: z.string(),
  occurrences: z.array(z.looseObject({ removedBy: z.string().nullable() })),
});

describe('leakwatch up', () => {
  it(
    'takes signed posts, raises alerts, and answers on /metrics, /healthz and /readyz',
    { timeout: 180_000 },
    async () => {
      const folder = await temporaryFolder();
      const dataDir = path.join(folder, 'data');
      const list = path.join(folder, 'list.yaml');
      await writeFile(list, WATCH_LIST);
      const up = startLeakwatch(
        [
          'up',
          '--data-dir',
          dataDir,
          '--watchlist',
          list,
          '--ops-port',
          '0',
          '--webhook-port',
          '0',
          '--log-level',
          'info',
        ],
        { env: { LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET } },
      );
      const webhook = (await up.untilSaid(/webhook +(http:\/\/\S+)\/v1\/posts/))[1] ?? '';
      const ops = (await up.untilSaid(/metrics +(http:\/\/\S+)\/metrics/))[1] ?? '';

      // The one-time link leads into the console, and stands in no log line.
      const [, link = ''] = await up.untilSaid(/console .* once: (http:\/\/127\.0\.0\.1:\d+\/welcome#\S+)/);
      const { origin, hash } = new URL(link);
      expect(
        up
          .stderr()
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .join(),
      ).not.toContain(hash);
      const welcomed = await fetch(`${origin}/v1/session/welcome`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ code: hash.slice(1), name: 'kim', password: 'correct horse battery' }),
      });
      expect(welcomed.status).toBe(200);

      expect(await (await fetch(`${ops}/healthz`)).json()).toEqual({ status: 'ok' });
      const ready = await fetch(`${ops}/readyz`);
      expect([ready.status, await ready.json()]).toEqual([
        200,
        {
          status: 'ready',
          checks: {
            store: 'ok',
            log: 'ok',
            'watch list': 'ok',
            alerting: 'ok',
            rescan: 'ok',
            console: 'ok',
            canary: 'ok',
          },
        },
      ]);

      const author = { id: 'a1', handle: 'ana' };
      const accepted = await deliverPosts(webhook, 'msg_1', [
        { id: 'p1', author, text: 'guess what: #QuillonEmber', publishedAt: new Date().toISOString() },
        { id: 'p2', author, text: 'coffee first' },
      ]);
      expect(accepted.status).toBe(202);
      await up.untilSaid(/alert [0-9a-f]{8} {2}opened/);

      // The terminal names the alert, and the leaked text only on request.
      expect(up.stdout()).not.toMatch(/Quillon|launch-77|creator-ana/i);
      expect(up.stderr()).not.toMatch(/Quillon|name-77|creator-ana/i);

      const refused = await deliverPosts(webhook, 'msg_2', [
        { id: 'p3', author, text: 'fine' },
        { author, text: 'no id' },
      ]);
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ posts: [{ index: 1, reason: 'bad-post' }] });

      await deliverPosts(webhook, 'msg_3', [
        { id: 'p1', author, op: 'update', revision: 2, text: 'guess what: soon' },
      ]);
      await up.untilSaid(/content removed/);

      const metrics = await (await fetch(`${ops}/metrics`)).text();
      expect(metrics).toMatch(/^leakwatch_posts_ingested_total\{platform="webhook"\} 3$/m);
      expect(metrics).toMatch(/^leakwatch_posts_scanned_total\{lane="text",outcome="matched"\} 1$/m);
      expect(metrics).toMatch(/^leakwatch_alerts_created_total\{tier="\d",severity="\w+"\} 1$/m);
      expect(metrics).toMatch(
        /^leakwatch_detection_latency_seconds_count\{tier="\d",platform="webhook"\} 1$/m,
      );
      expect(metrics).toMatch(/^leakwatch_pipeline_latency_seconds_count\{lane="text"\} 1$/m);
      expect(metrics).toMatch(/^leakwatch_watchlist_version\{lane="image"\} 1$/m);
      expect(metrics).not.toMatch(/Quillon|launch-77|name-77|creator-ana|Vantablanc/i);

      // A second process on the same data folder joins the running database.
      const shown = await runLeakwatch(['alerts', '--json', '--data-dir', dataDir]);
      const alert = AlertLine.parse(JSON.parse(shown.stdout));
      expect(alert.occurrences).toMatchObject([{ removedBy: 'edit' }]);
      const verdict = await runLeakwatch([
        ...[
          'verdict',
          alert.id.slice(0, 10),
          'confirmed',
          '--reason',
          'a day early',
          '--by',
          'kim',
          '--data-dir',
          dataDir,
        ],
      ]);
      expect([verdict.code, verdict.stdout]).toEqual([0, `alert ${alert.id.slice(0, 8)}: confirmed\n`]);
      expect(verdict.stderr).toMatch(
        /precision by verdicts: 100\.0 % \(95 %: 20\.7 % to 100\.0 %; n = 1, 0 unreviewed\)/,
      );

      // So does another `up`, which says that it is the second.
      const second = startLeakwatch(['up', '--data-dir', dataDir, '--ops-port', '0', '--webhook-port', '0']);
      await second.untilSaid(new RegExp(`works on this data already, as pid ${up.pid} `));
      await second.untilSaid(/leakwatch is up/);
      second.kill('SIGTERM');
      expect(await second.ended).toBe(0);

      up.kill('SIGTERM');
      expect(await up.ended).toBe(0);
      expect(up.stderr()).toMatch(/stopped\n$/);
    },
  );

  itHasAddresses(
    'gives the webhook, tips and its ops port an address each, and listens nowhere else',
    async () => {
      const store = await openTestStore();
      onTestFinished(() => store.drop());
      const [webhookPort = '', tipsPort = '', opsPort = ''] = (await freePorts(3)).map(String);
      const up = startLeakwatch(['up', '--data-dir', await temporaryFolder()], {
        env: {
          DATABASE_URL: store.connectionString,
          LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET,
          ...{ LEAKWATCH_WEBHOOK_HOST: '127.0.0.2', LEAKWATCH_WEBHOOK_PORT: webhookPort },
          LEAKWATCH_TIPS_TOKENS: `peers:peer:${'t'.repeat(32)}`,
          ...{ LEAKWATCH_TIPS_HOST: '127.0.0.3', LEAKWATCH_TIPS_PORT: tipsPort },
          ...{ LEAKWATCH_OPS_HOST: '127.0.0.4', LEAKWATCH_OPS_PORT: opsPort },
        },
      });
      await up.untilSaid(/leakwatch is up/);
      const listeningAt = async (port: string) => {
        const taken = await Promise.all(ADDRESSES.map((host) => takesConnections(host, port)));
        return ADDRESSES.filter((_host, n) => taken[n]);
      };
      expect([
        await listeningAt(webhookPort),
        await listeningAt(tipsPort),
        await listeningAt(opsPort),
      ]).toEqual([['127.0.0.2'], ['127.0.0.3'], ['127.0.0.4']]);
      expect((await fetch(`http://127.0.0.4:${opsPort}/healthz`)).status).toBe(200);
      up.kill('SIGTERM');
      expect(await up.ended).toBe(0);
    },
  );

  it('says in one line what is wrong with its settings, all at once', async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await runLeakwatch(
      ['up', '--data-dir', path.join(folder, 'data'), '--ops-port', '0', '--webhook-port', '0'],
      {
        env: {
          LEAKWATCH_IMAGE_WORKERS: 'many',
          LEAKWATCH_MEDIA_TIMEOUT_MS: '5',
          LEAKWATCH_RESCAN_CRON: 'at three',
          LEAKWATCH_RESCAN_SHAER: '50',
        },
      },
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/LEAKWATCH_IMAGE_WORKERS: must be a whole number/);
    expect(stderr).toMatch(/LEAKWATCH_MEDIA_TIMEOUT_MS: must be from 100 to 600000/);
    expect(stderr).toMatch(/LEAKWATCH_RESCAN_CRON: .*is no cron expression/);
    expect(stderr).toMatch(/LEAKWATCH_RESCAN_SHAER: .*did you mean LEAKWATCH_RESCAN_SHARE\?/);
  });

  it('names a command line that is wrong, and helps', async () => {
    const wrong = await runLeakwatch(['up', '--rate', 'fast']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/--rate.*must be a whole number from 1 to 10000/);
    const help = await runLeakwatch(['--help']);
    expect(help.code).toBe(0);
    for (const command of ['up', 'demo', 'scan', 'watchlist', 'alerts', 'verdict', 'dead-letters']) {
      expect(help.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    }
  });
});
