import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deliverPosts, WEBHOOK_SECRET } from '../../harness/deliver-posts.ts';
import { openHttpReceiver } from '../../harness/http-receiver.ts';
import { startLeakwatch } from '../../harness/run-leakwatch.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const ASSETS = path.join(ROOT, 'fixtures/images/assets');
const POSTED = path.join(ROOT, 'fixtures/images/posts');
const HOUR_MS = 3_600_000;

export interface ServedConsole {
  readonly address: string;
  /** The one-time link to the first account. */
  readonly firstLink: string;
  /** The paths that the notices of alerts link to, in the order in which they came. */
  noticedPaths(): string[];
  deliver(id: string, posts: readonly object[]): Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * A whole leakwatch with its console, a watch list of two campaigns, and the posts of a file, whose last line is none. Every post is
 * drawn for review.
 */
export async function serveConsole(posts: readonly object[]): Promise<ServedConsole> {
  buildPages();
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-console-'));
  const list = path.join(folder, 'list.yaml');
  const file = path.join(folder, 'posts.jsonl');
  await writeFile(list, watchList(new Date(Date.now() + 72 * HOUR_MS)));
  await writeFile(file, `${posts.map((post) => JSON.stringify(post)).join('\n')}\n{"id": "cut short\n`);
  const receiver = await openHttpReceiver();
  const up = startLeakwatch(
    [
      'up',
      ...['--data-dir', path.join(folder, 'data'), '--watchlist', list, '--log-level', 'error'],
      ...['--source', 'jsonl', '--posts', file, '--media', POSTED],
      ...['--ops-port', '0', '--webhook-port', '0'],
    ],
    {
      env: {
        LEAKWATCH_ALERT_WEBHOOK_URL: receiver.url,
        LEAKWATCH_ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET,
        LEAKWATCH_CONSOLE_PORT: '0',
        LEAKWATCH_IMAGE_WORKERS: '1',
        LEAKWATCH_SAMPLING_SHARE: '1',
        LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET,
      },
    },
  );
  const firstLink = (await up.untilSaid(/console .*(http:\S+\/welcome#\S+)/))[1] ?? '';
  const webhook = (await up.untilSaid(/webhook +(http:\/\/\S+)\/v1\/posts/))[1] ?? '';
  return {
    address: new URL(firstLink).origin,
    firstLink,
    noticedPaths: () =>
      receiver.received.flatMap(({ body }) => /\/alerts\/[0-9a-f]{64}/.exec(body)?.[0] ?? []),
    deliver: async (id, more) => {
      const answer = await deliverPosts(webhook, id, more);
      if (!answer.ok) throw new Error(`the webhook answered ${answer.status}: ${await answer.text()}`);
    },
    close: async () => {
      up.kill('SIGTERM');
      await up.ended;
      await receiver.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function buildPages(): void {
  const built = spawnSync(process.execPath, [path.join(ROOT, 'infra/workspace/build-web.mjs')], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the pages could not be built: ${built.stderr}`);
}

function watchList(liftsAt: Date): string {
  const asset = (id: string, name: string) => ({ id, name, file: path.join(ASSETS, `${id}.jpg`) });
  const account = (platform: string, handle: string) => [{ platform, handle }];
  return JSON.stringify({
    campaigns: [
      {
        id: 'dewfall',
        name: 'Dewfall launch',
        brand: 'Orsavelle',
        sensitivity: 'high',
        embargo: { liftsAt: liftsAt.toISOString() },
        terms: [
          { id: 'creme', text: 'Noctelle Crème', kind: 'product' },
          { id: 'serum', text: 'Dewfall Serum', kind: 'product' },
        ],
        assets: [asset('dandelion-key-visual', 'Key visual')],
      },
      {
        id: 'strider',
        name: 'Strider handheld',
        brand: 'Quarrix',
        embargo: { liftsAt: liftsAt.toISOString() },
        terms: [{ id: 'strider', text: 'Quarrix Strider', kind: 'product' }],
      },
    ],
    creators: [
      {
        id: 'haruka',
        name: 'Haruka Mori',
        accounts: account('instagram', 'harukaglow'),
        risk: { followers: 128_400 },
      },
      { id: 'lucia', name: 'Lucia Marín', accounts: account('tiktok', 'lucia') },
      { id: 'theo', name: 'Theo Lambert', accounts: account('bluesky', 'theo') },
      { id: 'wes', name: 'Wes Okafor', accounts: account('x', 'wes') },
      { id: 'pim', name: 'Pim Charoen', accounts: account('x', 'pim') },
    ],
  });
}
