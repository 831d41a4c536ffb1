/** Runs `leakwatch status` beside a running leakwatch, as an operator without Grafana does, and reads its log. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { deliverPosts, WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { eventually } from '../harness/eventually.ts';
import { runLeakwatch, startLeakwatch } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const WATCH_LIST = `campaigns:
  - id: launch-77
    name: Midnight Launch
    brand: Vantablanc
    terms: [{ id: name-77, text: Quillon Ember }]
creators:
  - { id: creator-ana, accounts: [{ platform: webhook, handle: anahandle }] }
`;
const SECRETS = ['Quillon', 'Vantablanc', 'Midnight', 'launch-77', 'name-77', 'creator-ana', 'anahandle'];

const StatusSchema = z.object({
  working: z.boolean(),
  problems: z.array(z.object({ part: z.string(), of: z.string(), what: z.string() })),
  canary: z.array(z.object({ lane: z.string(), lastSeconds: z.number().nullable() })),
  stages: z.array(z.object({ stage: z.string(), silentSeconds: z.number().nullable() })),
  alerts: z.array(z.object({ severity: z.string(), waiting: z.int() })),
});

it(
  'says that everything works, then that nothing runs; the log names no term, campaign or creator',
  { timeout: 240_000 },
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
      { env: { LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET, LEAKWATCH_CANARY_SECONDS: '1' } },
    );
    const webhook = (await up.untilSaid(/webhook +(http:\/\/\S+)\/v1\/posts/))[1] ?? '';
    const post = {
      id: 'post-1',
      author: { id: 'a1', handle: 'anahandle' },
      text: 'My Quillon Ember is here!',
    };
    await deliverPosts(webhook, 'delivery-1', [post]);

    const works = await eventually(async () => {
      const asked = await runLeakwatch(['status', '--json', '--data-dir', dataDir]);
      const status = StatusSchema.parse(JSON.parse(asked.stdout));
      expect(asked.code).toBe(status.working ? 0 : 1);
      const hasArrived =
        status.canary.length === 2 && status.canary.every(({ lastSeconds }) => lastSeconds !== null);
      return status.working && hasArrived && status.alerts.length > 0 ? status : undefined;
    });
    expect(works.problems).toEqual([]);
    expect(works.stages.filter(({ silentSeconds }) => silentSeconds === null)).toEqual([]);
    // The canary's own alerts do not count.
    expect(works.alerts.map(({ waiting }) => waiting)).toEqual([1]);

    up.kill('SIGTERM');
    expect(await up.ended).toBe(0);
    const logged = up.stderr();
    expect(logged).toContain('watch list loaded');
    for (const secret of SECRETS) expect(logged).not.toContain(secret);

    const after = await runLeakwatch(['status', '--data-dir', dataDir]);
    expect(after.code).toBe(1);
    expect(after.stdout).toContain('nothing runs');
  },
);
