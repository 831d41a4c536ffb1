import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { addOccurrence, openAlert } from '@leakwatch/alerting/incidents';
import {
  alertId,
  detectionId,
  postId,
  postThreadId,
  type Detection,
  type PostReference,
} from '@leakwatch/contracts';
import { openStore, type Store } from '@leakwatch/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type z } from 'zod';
import { OUTCOMES } from '../../services/leakwatch/test/support/outcomes-by-command.ts';
import { runLeakwatch } from '../harness/run-leakwatch.ts';

const HOUR = 3_600_000;
let store: Store;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'leakwatch-triage-'));
  store = await openStore({ dataDir });
  await raise('creator-ana', 2);
  await raise('creator-ben', -1);
});
afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

/** Stores an alert as alerting would, with a due time some hours ahead. */
async function raise(creatorId: string, dueInHours: number): Promise<void> {
  const openedAt = new Date(Date.now() - 4 * HOUR);
  const place = { platform: 'webhook', instance: 'local', nativeId: `post-of-${creatorId}` };
  const post: PostReference = {
    ...place,
    id: postId({ ...place, revision: 1, op: 'create' }),
    threadId: postThreadId(place),
    revision: 1,
    op: 'create',
    creatorId,
    authorHandle: 'handle',
    canonicalUrl: null,
    publishedAt: openedAt.toISOString(),
    observedAt: openedAt.toISOString(),
  };
  const detection: Detection = {
    schemaVersion: 1,
    id: detectionId(post.id, 'launch-77', 'term', 'name-77'),
    post,
    lane: 'text',
    evidence: {
      campaignId: 'launch-77',
      itemId: 'name-77',
      kind: 'term',
      confidence: 1,
      span: [0, 13],
      matched: 'Quillon Ember',
      how: ['exact'],
      distance: 0,
      mediaIndex: null,
      region: null,
    },
    excerpt: 'Quillon Ember',
    engine: 'test/1',
    watchListVersion: 1,
    rescanJobId: null,
    detectedAt: openedAt.toISOString(),
  };
  const id = alertId(creatorId, 'launch-77', 1);
  await store.transaction(async (tx) => {
    await openAlert(tx, {
      id,
      creatorId,
      campaignId: 'launch-77',
      episode: 1,
      tier: 1,
      tierReasons: [],
      severity: 'high',
      severityReasons: ['60 rule level high'],
      violation: 'early-post',
      ruleId: 'leaked-term',
      rulesetHash: '0'.repeat(64),
      matcher: 'text',
      openedAt,
      minutesToAct: (4 + dueInHours) * 60,
      minutesToResolve: 6000,
      escalates: true,
      detectionLatencyMs: 0,
      pipelineLatencyMs: 0,
      publishedAt: openedAt,
    });
    await addOccurrence(tx, id, detection, null);
  });
}

const ANA = alertId('creator-ana', 'launch-77', 1).slice(0, 8);
const BEN = alertId('creator-ben', 'launch-77', 1).slice(0, 8);
const leakwatch = (...args: string[]) => runLeakwatch([...args, '--data-dir', dataDir]);
const said = async (...args: string[]) => {
  const { code, stdout, stderr } = await leakwatch(...args);
  expect(stderr).not.toMatch(/failed/);
  expect(code).toBe(0);
  return stdout;
};

it(
  'an analyst works through the queue, and nothing says whose alerts they are unless asked',
  { timeout: 120_000 },
  async () => {
    const queue = await said('alerts');
    expect(queue.match(/^[0-9a-f]{8}/gm)).toEqual([BEN, ANA]);
    expect(queue).toMatch(/to acknowledge: 60 min late/);
    expect(queue).not.toMatch(/creator-|launch-77|Quillon/);
    expect(await said('alerts', 'list', '--overdue', '--details')).toMatch(
      /creator-ben +launch-77 +“Quillon Ember”/,
    );
    expect(await said('alerts', 'list', '--assignee', 'kim')).toBe('');

    expect(await said('alerts', 'acknowledge', BEN, '--by', 'kim')).toMatch(
      /: acknowledged, to resolve in 4.0 d\n$/,
    );
    expect(await said('alerts', 'assign', BEN, 'kim')).toMatch(/: acknowledged, kim’s, to resolve/);
    expect(await said('alerts', 'snooze', BEN, '--until', '2d', '--reason', 'she is on a plane')).toMatch(
      /snoozed until/,
    );
    expect(await said('alerts', 'wake', BEN)).toMatch(/kim’s, to resolve in/);
    expect(await said('alerts', 'resolve', BEN, 'confirmed', '--reason', 'a day early', '--by', 'kim')).toBe(
      `alert ${BEN}: confirmed\n`,
    );
    expect(await said('alerts', 'reopen', BEN, '--reason', 'it is back')).toMatch(
      /: open, kim’s, to acknowledge in/,
    );

    const shown = await said('alerts', 'show', BEN);
    expect(shown).toMatch(/severity +high: 60 rule level high/);
    expect(shown).not.toMatch(/creator-ben|Quillon/);
    expect(stripVTControlCharacters(await said('alerts', 'show', BEN, '--details'))).toMatch(
      /creator +creator-ben.*@handle on webhook, .*: still stands\ncaption:\n +\S?Quillon Ember.* 100\.0 %/s,
    );
    const timeline = await said('alerts', 'timeline', BEN);
    expect(timeline.split('\n').map((line) => line.split(/ {2,}/)[1] ?? '')).toEqual([
      ...['published', 'fetched', 'matched', 'opened', 'acknowledged', 'assigned', 'snoozed', 'snooze-ended'],
      ...['verdict-given', 'reopened', ''],
    ]);
    expect(timeline).not.toMatch(/Quillon/);
  },
);

it(
  "an alert's playbook is worked through, and its message is sent by a person",
  { timeout: 120_000 },
  async () => {
    const file = path.join(dataDir, 'message.txt');
    await writeFile(file, await said('playbook', 'draft', ANA));
    expect(await said('playbook', 'check', ANA, 'embargo', '--by', 'kim')).toMatch(
      /\[x\] embargo: .* \(kim, 20.*\)\n {2}\[ \] reposts:/,
    );
    const sent = await said('playbook', 'sent', ANA, '--by', 'kim', '--via', 'e-mail', '--text', file);
    expect(sent).toMatch(/^noted: sent \S+ by kim, SHA-256 [0-9a-f]{64}\n$/);
    const shown = await said('playbook', 'show', ANA);
    expect(shown).toMatch(
      /\[x\] embargo: .*\n.*\n.*\nmessage: sent \S+ by kim via e-mail, SHA-256 [0-9a-f]{64}\n/,
    );
    expect(shown).toMatch(/post post-of-creator-ana: still stands\nnot corrected yet\n$/);
    expect(await said('playbook', 'check', ANA, 'embargo', '--undo')).toMatch(/\[ \] embargo/);
    expect(await said('alerts', 'timeline', ANA)).toMatch(/ checked +.*\n.* sent +.*\n.* unchecked /);
    const { code, stderr } = await leakwatch('playbook', 'check', ANA, 'coffee');
    expect(code).toBe(2);
    expect(stderr).toMatch(/early-post has no `coffee`: it has embargo, reposts, tell-brand/);
    const nobody = await leakwatch('playbook', 'sent', ANA, '--by', ' ');
    expect(nobody.code).toBe(2);
    expect(nobody.stderr).toMatch(/by: say who you are/);
  },
);

it('says what to do instead of what can not be done', { timeout: 120_000 }, async () => {
  await said('alerts', 'acknowledge', ANA, '--by', 'kim');
  const wrong = async (...args: string[]) => {
    const { code, stderr } = await leakwatch(...args);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await wrong('alerts', 'acknowledge', ANA)).toMatch(/acknowledged by kim: investigate or resolve it/);
  expect(await wrong('alerts', 'show', '123')).toMatch(/give 6 to 64 of its hexadecimal digits/);
  expect(await wrong('alerts', 'merge', ANA, BEN)).toMatch(/same creator and campaign/);
  expect(await wrong('alerts', 'snooze', ANA, '--until', 'soon')).toMatch(/like 90m, 4h or 2d/);
  expect(await wrong('alerts', 'resolve', ANA, 'maybe', '--reason', 'r')).toMatch(
    /confirmed, false-positive, approved/,
  );
  expect(await wrong('alerts', 'resolve', ANA, 'confirmed')).toMatch(/needs a reason/);
  expect(await wrong('silences', 'add', '--until', '1d', '--reason', 'quiet')).toMatch(
    /would hide every leak/,
  );
  expect(await wrong('silences', 'end', '7')).toMatch(/silences list/);
});

it('silences are made, shown and ended', { timeout: 60_000 }, async () => {
  const made = await said(
    'silences',
    'add',
    '--creator',
    'creator-ana',
    '--until',
    '2d',
    '--reason',
    'planned',
    '--by',
    'kim',
  );
  const number = /^silence (\d+): until /.exec(made)?.[1] ?? '';
  expect(await said('silences', 'list')).toMatch(/creator creator-ana .* kim +planned/);
  expect(await said('silences', 'end', number)).toBe(`silence ${number} is over\n`);
  expect(await said('silences', 'list')).toBe('');
  expect(await said('silences', 'list', '--all')).toMatch(/planned/);
});

it('prints with --json nothing but JSON on standard output, in commands that change something, too', async () => {
  const list = path.join(dataDir, 'list.yaml');
  await writeFile(
    list,
    'campaigns: [{ id: launch, name: Launch, terms: [{ id: name, text: Quillon Ember }] }]\n',
  );
  const id = alertId('creator-ana', 'launch-77', 1);
  const calls = [
    ['watchlist', 'import', list],
    ['alerts', 'investigate', id],
    ['evidence', 'hold', id, '--reason', 'asked'],
    ['silences', 'add', '--campaign', 'launch', '--until', '2h', '--reason', 'a test'],
    ['playbook', 'sent', id, '--via', 'mail'],
    ['tips', 'add', '--link', 'https://social.example/@ana/1'],
    ['rescan', 'start', '--estimate'],
    ['rules', 'test'],
    ['verdict', id, 'confirmed', '--reason', 'seen'],
  ];
  const schemas = new Map<string, z.ZodType>(Object.entries(OUTCOMES));
  for (const call of calls) {
    const { code, stdout, stderr } = await runLeakwatch([...call, '--json'], {
      env: { LEAKWATCH_DATA_DIR: dataDir },
    });
    expect([call, code, code === 0 ? '' : stderr]).toEqual([call, 0, '']);
    const schema = schemas.get(call.slice(0, 2).join(' ')) ?? schemas.get(call[0] ?? '');
    const lines = stdout.trimEnd().split('\n');
    for (const line of lines) expect(schema?.safeParse(JSON.parse(line)).error).toBeUndefined();
    expect(schema).toBeDefined();
  }
});
