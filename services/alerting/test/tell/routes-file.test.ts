import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { type AlertingConfig } from '../../config.ts';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { detection } from '../support/detections.ts';
import { openHttpReceiver } from '../support/http-receiver.ts';
import { openReceiver, SECRET, type Receiver } from '../support/receiver.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { DEFAULT_DELIVERY } from '../../tell/outbox/delivery-settings.ts';

let scene: Scene;
let receiver: Receiver;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-routes-'));
  [scene, receiver] = await Promise.all([openScene(), openReceiver()]);
});
afterEach(async () => {
  await scene.close();
  await receiver.close();
  await rm(folder, { recursive: true });
});

async function startWith(routes: string, channels: Partial<AlertingConfig> = {}) {
  const routesFile = path.join(folder, 'routes.yaml');
  await writeFile(routesFile, routes);
  return await scene.start({
    config: {
      routesFile,
      digestEveryMs: null,
      ...channels,
      webhook: { url: receiver.url, secret: SECRET, timeoutMs: 2000 },
      delivery: { ...DEFAULT_DELIVERY, pollMs: 20 },
    },
  });
}

it('tells who a route names, and the end of an alert to everybody who was told of it', async () => {
  const { app } = await startWith(`
routes:
  - { name: what mara does, when: { campaigns: [aurora], changes: [opened] }, channels: [webhook] }
  - { name: the rest, channels: [] }
`);
  await scene.detect(detection(), detection({ nativeId: 'q' }));
  await scene.detect(detection({ nativeId: 'b', creatorId: 'nils', campaignId: 'borealis' }));
  for (const { id } of await scene.alerts()) {
    await giveVerdict(scene.store, { alertId: id, verdict: 'confirmed', reason: 'r', givenBy: 'ana' });
  }
  await app.stop();
  expect(receiver.accepted.map(({ notice }) => notice.type)).toEqual(['alert.opened', 'alert.verdict-given']);
  expect(new Set(receiver.accepted.map(({ notice }) => notice.data.alertId)).size).toBe(1);
});

it('refuses to start by a broken file, and says where', async () => {
  await expect(startWith('routes:\n  - { name: a, channels: [fax] }\n')).rejects.toThrow(
    /routes\.yaml:2:\d+: .*fax/,
  );
});

it('lets one channel say more, and no other', async () => {
  const slack = await openHttpReceiver(z.object({ text: z.string(), blocks: z.array(z.unknown()) }));
  try {
    const { app } = await startWith('details: { slack: [creator, match] }\nroutes: []\n', {
      slack: { url: slack.url, timeoutMs: 2000 },
    });
    await scene.detect(detection());
    await app.stop();
    const [said] = slack.accepted.map((message) => JSON.stringify(message));
    expect(said).toContain('mara');
    expect(said).toContain('term “secret”');
    expect(said).not.toContain('aurora');
    expect(receiver.accepted).toHaveLength(1);
    for (const secret of ['mara', 'aurora', 'secret', 'codename']) {
      expect(receiver.accepted[0]?.body).not.toContain(secret);
    }
  } finally {
    await slack.close();
  }
});

it('refuses details of a channel that is not set up, or that there are not', async () => {
  await expect(startWith('details:\n  fax: [match]\nroutes: []\n')).rejects.toThrow(
    /routes\.yaml:2:\d+: details: the channel `fax` is not set up/,
  );
  await expect(startWith('details: { webhook: [password] }\nroutes: []\n')).rejects.toThrow(
    /routes\.yaml:1:\d+: details\.webhook\[0\]/,
  );
});
