import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Stoppable } from '@leakwatch/runtime';
import { deliverPosts, WEBHOOK_SECRET } from '../../harness/deliver-posts.ts';
import { eventually } from '../../harness/eventually.ts';
import { runLeakwatch } from '../../harness/run-leakwatch.ts';
import { type Prometheus, type RunningAlert } from './start-prometheus.ts';

/** Factor by which minutes are shorter: a window of five minutes takes twenty seconds. */
export const FACTOR = 15;

const WATCH_LIST = `campaigns:
  - id: launch
    name: Launch
    sensitivity: low
    embargo: { liftsAt: 2099-01-01T00:00:00Z }
    terms: [{ id: name, text: Quillon Ember }]
creators:
  - { id: ana, accounts: [{ platform: webhook, nativeId: ana }] }
  - { id: ben, accounts: [{ platform: webhook, nativeId: ben }] }
`;

/** Settings of the watched leakwatch: the canary runs each short minute. */
export function watchedEnvironment(databaseUrl: string, factor = FACTOR): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET,
    LEAKWATCH_ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    LEAKWATCH_CANARY_SECONDS: String(60 / factor),
    // The room on the disk of the machine that runs the tests is no fault of theirs.
    LEAKWATCH_DISKS: '/not/there',
  };
}

/** Imports a campaign with two creators, `ana` and `ben`, and a term that no harmless post holds. */
export async function importWatchList(env: Record<string, string>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-watched-'));
  const file = path.join(folder, 'list.yaml');
  await writeFile(file, WATCH_LIST);
  const { code, stderr } = await runLeakwatch(['watchlist', 'import', file], { env });
  await rm(folder, { recursive: true, force: true });
  if (code !== 0) throw new Error(`the watch list was refused:\n${stderr}`);
}

/** Resolves with the alert as soon as it fires. */
export function untilFires(
  prometheus: Prometheus,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<RunningAlert> {
  return eventually(async () => {
    await sleep(200);
    const wanted = Object.entries(labels);
    return (await prometheus.alerts()).find(
      (alert) =>
        alert.name === name &&
        alert.state === 'firing' &&
        wanted.every(([label, value]) => alert.labels[label] === value),
    );
  });
}

/** Resolves when no page is pending or firing any more. */
export async function untilNoPage(prometheus: Prometheus): Promise<void> {
  await eventually(async () => {
    await sleep(200);
    const pages = (await prometheus.alerts()).filter(({ labels }) => labels.severity === 'page');
    return pages.length === 0 ? true : undefined;
  });
}

const STAGES = ['ingest', 'matcher-text', 'matcher-image', 'alerting'];

/** Resolves when every stage has been seen to beat, a canary has come through both lanes, and nothing pages. */
export async function untilSettled(prometheus: Prometheus): Promise<void> {
  await untilCanariesCome(prometheus, new Date());
  await eventually(async () => {
    await sleep(200);
    const ages = await prometheus.query('stage:leakwatch_heartbeat_age:seconds');
    const seen = new Set(ages.map(({ labels }) => labels.stage));
    return STAGES.every((stage) => seen.has(stage)) ? true : undefined;
  });
  await untilNoPage(prometheus);
}

/** Resolves when a canary has come through both lanes, and Prometheus has seen it. */
export async function untilCanariesCome(prometheus: Prometheus, since: Date): Promise<void> {
  await eventually(async () => {
    await sleep(200);
    const arrived = await prometheus.query('leakwatch_canary_last_success_timestamp_seconds');
    const fresh = arrived.filter(({ value }) => value * 1000 > since.getTime());
    return new Set(fresh.map(({ labels }) => labels.lane)).size === 2 ? true : undefined;
  });
}

/** Delivers posts again and again, as creators do, until `stop`. */
export function keepPosting(
  webhook: string,
  name: string,
  makePost: (n: number) => object,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const POSTS_AT_ONCE = 4;
  const post = async () => {
    for (let round = 0; !stopping.signal.aborted; round += 1) {
      const posts = Array.from({ length: POSTS_AT_ONCE }, (_unused, n) => {
        const number = round * POSTS_AT_ONCE + n;
        return { id: `${name}-${number}`, author: { id: `${name}-${number}` }, ...makePost(number) };
      });
      const id = createHash('sha256').update(`${name}-${round}`).digest('hex');
      const answer = await deliverPosts(webhook, `msg_${id}`, posts);
      if (answer.status !== 202) throw new Error(`a delivery was refused: ${await answer.text()}`);
      await sleep(500);
    }
  };
  const posting = post();
  // `stop` awaits it and reports its error.
  posting.catch(() => undefined);
  return {
    stop: () => {
      stopping.abort();
      return posting;
    },
  };
}

/** A receiver of alerts that refuses everything. */
export async function startRefusingReceiver(): Promise<Stoppable & { readonly url: string }> {
  const server = createServer((_request, response) => response.writeHead(503).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    name: 'receiver of notices',
    url: `http://127.0.0.1:${address.port}/`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
