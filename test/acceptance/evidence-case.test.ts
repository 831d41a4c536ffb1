/** Exports an alert's case as files and checks them without leakwatch. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openStore, type Store } from '@leakwatch/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { runLeakwatch } from '../harness/run-leakwatch.ts';

const run = promisify(execFile);
const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');

const ManifestSchema = z.object({
  evidence: z.array(
    z.object({
      form: z.string(),
      record: z.string(),
      text: z.string().nullable(),
      media: z.array(z.object({ file: z.string() })),
      collectedBy: z.object({ connector: z.string(), transport: z.string() }),
    }),
  ),
  assets: z.array(z.object({ file: z.string(), detectionIds: z.array(z.string()).min(1) })),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), preservedAs: z.string().nullable() })),
});

let folder: string;
let dataDir: string;
let store: Store;
/** Raises an alert by a picture. */
let alert: string;
const leakwatch = (...args: string[]) => runLeakwatch([...args, '--data-dir', dataDir]);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-case-'));
  const demo = await runLeakwatch(['demo', '--data-dir', path.join(folder, 'data'), '--rate', '1000']);
  expect(demo.code).toBe(0);
  dataDir = path.join(folder, 'data', 'demo');
  store = await openStore({ dataDir });
  const answer: { rows: unknown[] } = await store.pool.query(
    `SELECT e.alert_id AS id FROM evidence e JOIN kept_media USING (record_sha256) WHERE e.lane = 'image'
     ORDER BY e.detection_id LIMIT 1`,
  );
  alert = z.object({ id: z.string() }).parse(answer.rows[0]).id;
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

it('a case is listed, written to a folder, and checked by sha256sum', async () => {
  const list = await leakwatch('evidence', 'list', alert, '--verify');
  expect(list.code).toBe(0);
  expect(list.stdout).toMatch(/^[0-9a-f]{8} +1 +image\/\d+ +the post +\d+ +[0-9a-f]{16} /m);
  expect(list.stdout).toMatch(/ +media\[0\], image\/\w+ +\d+ +[0-9a-f]{16} /);
  expect(list.stderr).toMatch(/^data: embedded Postgres in /);
  expect(list.stderr).toMatch(/all \d+ have the hashes they were kept under/);

  const to = path.join(folder, 'case');
  const exported = await leakwatch('evidence', 'export', alert.slice(0, 12), '--to', to);
  expect(exported.code).toBe(0);
  expect(exported.stdout).toMatch(/^\d+ files, of .*occurrences?: /);
  await expect(
    run('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: to }),
  ).resolves.toBeDefined();
  const manifest = ManifestSchema.parse(JSON.parse(await readFile(path.join(to, 'manifest.json'), 'utf8')));
  expect(
    manifest.files.filter(({ preservedAs, sha256 }) => preservedAs !== null && preservedAs !== sha256),
  ).toEqual([]);
  const one = manifest.evidence.find(({ media }) => media.length > 0);
  expect(one?.form).toBe('post');
  expect(one?.collectedBy).toMatchObject({ transport: 'file' });
  expect(one?.collectedBy.connector).toMatch(/^jsonl:/);
  const post: unknown = JSON.parse(await readFile(path.join(to, one!.record), 'utf8'));
  expect(post).toMatchObject({ schemaVersion: 1, revision: 1 });
  expect((await stat(path.join(to, one!.media[0]!.file))).mode & 0o777).toBe(0o600);
  const assets = await readdir(path.join(to, 'assets'));
  expect(assets).not.toEqual([]);
  expect(manifest.assets.map(({ file }) => file).toSorted()).toEqual(
    assets.toSorted().map((name) => `assets/${name}`),
  );
  const timeline: unknown = JSON.parse(await readFile(path.join(to, 'timeline.json'), 'utf8'));
  expect(timeline).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'matched' })]));

  const again = await leakwatch('evidence', 'export', alert, '--to', to);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('exists already');
});

it('its pictures are saved beside the assets that they show, and their paths are shown', async () => {
  const to = path.join(folder, 'pictures');
  const shown = await leakwatch('alerts', 'show', alert, '--details', '--save', to);
  expect(shown.code).toBe(0);
  const paths = [...shown.stdout.matchAll(/: (\S+\/(?:posted|asset)-\S+)$/gm)].map(([, file = '']) => file);
  const saved = (await readdir(to)).map((name) => path.join(to, name));
  expect([...new Set(paths)].toSorted()).toEqual(saved.toSorted());
  expect(shown.stdout).toMatch(/^picture \d.* \(kept\): \S+\/posted-\S+$/m);
  expect(shown.stdout).toMatch(/^ +shows .+: \S+\/asset-\S+-v1\.\w+$/m);
  const [asset = ''] = saved.filter((file) => file.includes('/asset-'));
  const registered = await readdir(path.join(FIXTURES, 'images/assets'));
  const originals = await Promise.all(
    registered.map((name) => readFile(path.join(FIXTURES, 'images/assets', name))),
  );
  const bytes = await readFile(asset);
  expect(originals.some((original) => original.equals(bytes))).toBe(true);
  expect((await stat(asset)).mode & 0o777).toBe(0o600);
  expect((await leakwatch('alerts', 'show', alert, '--save', to)).code).toBe(2);
});

it('or to a tar file, which holds the same', async () => {
  const tar = path.join(folder, 'case.tar');
  expect(await leakwatch('evidence', 'export', alert, '--to', tar)).toMatchObject({ code: 0 });
  const to = path.join(folder, 'unpacked');
  await mkdir(to);
  await run('tar', ['-xf', tar, '-C', to]);
  await expect(
    run('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: to }),
  ).resolves.toBeDefined();
  const listed = await run('tar', ['-tf', tar]);
  expect(listed.stdout.split('\n')).toEqual(
    expect.arrayContaining(['alert.json', 'timeline.json', 'manifest.json']),
  );
});

it('is held and released by name', async () => {
  const hold = ['evidence', 'hold', alert, '--reason', 'in court', '--by', 'ines'];
  expect(await leakwatch(...hold)).toMatchObject({ code: 0, stdout: 'its evidence is held\n' });
  expect((await leakwatch(...hold)).code).toBe(2);
  expect((await leakwatch('evidence', 'list', alert)).stderr).toMatch(/held since .* by ines: in court/);
  expect((await leakwatch('evidence', 'release', alert)).code).toBe(0);
  expect(await leakwatch('evidence', 'release', alert)).toMatchObject({ code: 2 });
});

it('says which bytes are not any more what they were', async () => {
  // Only a user with write access to the tables can do this.
  await store.pool.query('ALTER TABLE kept_bytes DROP CONSTRAINT kept_bytes_check');
  await store.pool.query('ALTER TABLE kept_bytes DISABLE TRIGGER kept_bytes_stay');
  await store.pool.query(
    `UPDATE kept_bytes SET bytes = bytes || '\\x00' WHERE sha256 IN (
       SELECT m.sha256 FROM evidence e JOIN kept_media m USING (record_sha256) WHERE e.alert_id = $1)`,
    [alert],
  );
  const list = await leakwatch('evidence', 'list', alert, '--verify');
  expect(list.code).toBe(1);
  expect(list.stderr).toMatch(/[0-9a-f]{64}: its bytes no longer have this hash/);
  const to = path.join(folder, 'tampered.tar');
  const exported = await leakwatch('evidence', 'export', alert, '--to', to);
  expect(exported.code).toBe(1);
  expect(exported.stderr).toMatch(/media\/0\.\w+: its bytes differ from those preserved as [0-9a-f]{64}/);
});

/** Runs last: it erases the case. */
it('is erased by its creator or its post, with lines in the audit log', async () => {
  const found: { rows: unknown[] } = await store.pool.query(
    `SELECT o.link, a.creator_id AS creator FROM alert_occurrence o JOIN alert a ON a.id = o.alert_id
     WHERE o.link IS NOT NULL AND a.id <> $1 AND a.creator_id <> (SELECT creator_id FROM alert WHERE id = $1)
     ORDER BY o.position LIMIT 1`,
    [alert],
  );
  const { link, creator } = z.object({ link: z.string(), creator: z.string() }).parse(found.rows[0]);
  const countRecords = async () => {
    const { rows }: { rows: unknown[] } = await store.pool.query(
      `SELECT count(*)::integer AS n FROM log_record WHERE position(convert_to($1, 'UTF8') IN value) > 0`,
      [JSON.stringify(link)],
    );
    return z.object({ n: z.int() }).parse(rows[0]).n;
  };
  const before = await countRecords();
  expect(before).toBeGreaterThan(2);
  const plan = await leakwatch('erase', '--post', link, '--dry-run');
  expect(plan.code).toBe(0);
  // An edited post is a record per revision, and the chosen post differs from run to run.
  expect(plan.stdout).toMatch(/^records of posts +[1-9]\d* *$/m);
  expect(plan.stdout).toMatch(/^records of fingerprints +[1-9]\d* *$/m);
  expect(plan.stdout).toMatch(/^records of detections +[1-9]/m);
  expect(await countRecords()).toBe(before);

  const refused = await leakwatch('erase', '--post', link, '--reason', 'they asked');
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('not resolved');
  const ask = ['--reason', 'they asked', '--by', 'ines', '--open'];
  expect(await leakwatch('erase', '--post', link, ...ask)).toMatchObject({ code: 0 });
  expect(await countRecords()).toBe(0);
  expect((await leakwatch('erase', '--post', 'nowhere', ...ask)).code).toBe(2);

  const erased = await leakwatch('erase', '--creator', creator, ...ask, '--json');
  expect(JSON.parse(erased.stdout)).toMatchObject({ dryRun: false, heldAlerts: [] });
  const audit = await leakwatch('audit', 'export');
  expect(audit.stdout.match(/"action":"erased"/g)).toHaveLength(2);
  expect(audit.stdout).not.toContain(creator);
  expect((await leakwatch('audit', 'verify')).code).toBe(0);
  expect((await leakwatch('alerts', '--json', '--limit', '100')).code).toBe(0);
});
