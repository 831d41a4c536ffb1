/** The command as npm installs it from its tarball: beside nothing but Node, and without a network. */
import { mkdtempSync, rmSync } from 'node:fs';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installLeakwatch, type InstalledLeakwatch } from '../harness/installed-leakwatch.ts';
import { runLeakwatch, startLeakwatch } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

function share(stdout: string, what: string): number {
  const found = new RegExp(`^${what} +(\\d+\\.\\d) %:`, 'm').exec(stdout);
  if (found === null) throw new Error(`no ${what} in:\n${stdout}`);
  return Number(found[1]);
}

const machine = mkdtempSync(path.join(tmpdir(), 'leakwatch-installed-'));
let installed: InstalledLeakwatch;
beforeAll(() => {
  installed = installLeakwatch(machine);
}, 300_000);
afterAll(() => {
  rmSync(machine, { recursive: true, force: true });
});

describe('leakwatch demo', () => {
  it(
    'ends by itself and shows alerts, rate, latency, precision and recall; again from the start',
    { timeout: 300_000 },
    async () => {
      const dataDir = path.join(await temporaryFolder(), 'data');
      const keepsake = path.join(dataDir, 'postgres', 'keepsake');
      await mkdir(path.dirname(keepsake), { recursive: true });
      await writeFile(keepsake, 'what lies in the data folder is somebody’s');
      // Full speed: the test checks the results, not the timetable.
      const args = ['demo', '--data-dir', dataDir, '--rate', '1000'];
      const first = await runLeakwatch(args, { installed, cwd: machine });
      expect(first.stderr).toMatch(/watching 3 campaigns/);
      expect(first.code).toBe(0);
      expect(first.stdout).toMatch(
        /^id +severity +tier +creator +campaign +what matched +how +latency +state/m,
      );
      expect(first.stdout).toMatch(/^[0-9a-f]{8} +high +\d /m);
      expect(first.stdout).toMatch(
        /^feed +3 entries heard .+ its leak was an alert [\d.]+ m?s after it was published$/m,
      );
      expect(first.stdout).toMatch(/^posts\/s +[\d,]+ /m);
      expect(first.stdout).toMatch(/^detection latency +p50 .+, p99 .+ \(published → alert, n = \d+\)/m);
      expect(share(first.stdout, 'precision')).toBeGreaterThanOrEqual(95);
      expect(share(first.stdout, 'recall')).toBeGreaterThanOrEqual(95);
      expect(first.stdout).toMatch(/Try next:/);

      const alerts = await runLeakwatch(['alerts', '--data-dir', path.join(dataDir, 'demo')]);
      // The second one stays, with a console that shows the same.
      const second = startLeakwatch([...args, '--serve']);
      const [, link = ''] = await second.untilSaid(/once: (http:\S+)/);
      const { origin, hash } = new URL(link);
      const post = { 'content-type': 'application/json', origin };
      const code = hash.slice(1);
      const welcomed = await fetch(`${origin}/v1/session/welcome`, {
        method: 'POST',
        headers: post,
        body: JSON.stringify({ code, name: 'ana', password: 'correct horse battery' }),
      });
      const cookie = (welcomed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      const queue: unknown = await (
        await fetch(`${origin}/v1/incidents?state=all`, { headers: { cookie } })
      ).json();
      second.kill('SIGINT');
      const secondCode = await second.ended;
      const count = (stdout: string) =>
        stdout.split('\n').filter((line) => /^[0-9a-f]{8} /.test(line)).length;
      expect([secondCode, count(second.stdout()), count(alerts.stdout)]).toEqual([
        0,
        count(first.stdout),
        count(first.stdout),
      ]);
      expect(queue).toMatchObject({ total: count(first.stdout) });
      await expect(access(keepsake)).resolves.toBeUndefined();
    },
  );
});

describe('leakwatch init and up', () => {
  it('watch what was asked for, from a folder of their own', async () => {
    const shop = path.join(machine, 'shop');
    const answers = ['Vantablanc', 'Launch', 'Quillon Ember', '2099-01-01T00:00Z', '', ''];
    const asked = { installed, cwd: machine, input: `${answers.join('\n')}\n` };
    const made = await runLeakwatch(['init', '--to', 'shop'], asked);
    expect([made.code, made.stderr]).toEqual([
      0,
      expect.stringContaining('cd shop && leakwatch up --watchlist'),
    ]);

    const post = { platform: 'webhook', id: 'p1', author: { id: 'ana' }, text: 'so: #QuillonEmber' };
    await writeFile(path.join(shop, 'posts.jsonl'), `${JSON.stringify(post)}\n`);
    const up = startLeakwatch(
      ['up', '--watchlist', 'list.yaml', '--source', 'jsonl', '--posts', 'posts.jsonl', '--ops-port', '0'],
      { installed, cwd: shop },
    );
    await up.untilSaid(/alert [0-9a-f]{8} {2}opened/);
    up.kill('SIGINT');
    expect(await up.ended).toBe(0);
  });
});
