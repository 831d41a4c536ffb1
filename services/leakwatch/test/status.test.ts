import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatStatus } from '../status/format-status.ts';
import { judgeStatus } from '../status/judge-status.ts';
import { type Status } from '../status/load-status.ts';

const AT = new Date('2026-11-22T09:00:00.000Z');
const before = (seconds: number) => new Date(AT.getTime() - seconds * 1000);

const PROCESS: Status['processes'][number] = {
  processId: 'a',
  name: 'up',
  host: 'triage-1',
  pid: 4242,
  version: '0.1.0',
  startedAt: before(11_520),
  silentSeconds: 2,
  standing: { checks: { store: 'ok' }, heartbeats: {}, watchLists: { text: 3, image: 3 } },
};
const CANARY: Status['canary'][number] = {
  lane: 'text',
  lastSentAt: before(20),
  lastArrivedAt: before(19.9),
  lastSeconds: 0.1,
  sent: 60,
  lost: 0,
};

const ENCRYPTION: Status['encryption'] = {
  isOn: true,
  master: '0a1b2c3d4e5f',
  since: before(9000),
  dataKeys: 1,
  isWhole: true,
  exceptLog: true,
};

const WELL: Status = {
  at: AT,
  database: 'the Postgres of DATABASE_URL',
  log: 'Kafka at kafka:9092',
  encryption: ENCRYPTION,
  processes: [PROCESS],
  stages: [
    { stage: 'ingest', silentSeconds: 2, lag: null },
    { stage: 'matcher-text', silentSeconds: 1, lag: 12 },
  ],
  canary: [CANARY],
  watchList: { newest: 3, ageSeconds: 7200, lanes: { text: 3, image: 3 } },
  coverage: [{ tier: 1, expected: 200, fresh: 190, awaited: 0 }],
  alerts: [{ severity: 'critical', waiting: 1, inWork: 2, overdue: 0 }],
  deadLetters: {},
  rescans: { states: { finished: 4 }, lastSuccessAt: before(3600) },
  channels: [{ channel: 'webhook', pending: 0, failing: 0, gaveUp: 0, lastDeliveredAt: before(30) }],
};

const CASES: [string, Partial<Status>, { part: string; of: string; what: string }][] = [
  [
    'older content that is not encrypted',
    { encryption: { ...ENCRYPTION, isWhole: false } },
    { part: 'encryption', of: '', what: 'leakwatch keys rewrite' },
  ],
  ['no process', { processes: [] }, { part: 'processes', of: '', what: 'nothing runs' }],
  [
    'a process that went silent',
    { processes: [{ ...PROCESS, silentSeconds: 31 }] },
    { part: 'processes', of: 'a', what: 'gone silent' },
  ],
  [
    'a readiness check that fails',
    { processes: [{ ...PROCESS, standing: { ...PROCESS.standing, checks: { 'watch list': 'is stale' } } }] },
    { part: 'processes', of: 'a', what: 'watch list: is stale' },
  ],
  [
    'a process that is ready and has a warning',
    { processes: [{ ...PROCESS, standing: { ...PROCESS.standing, warnings: { routes: 'set aside' } } }] },
    { part: 'processes', of: 'a', what: 'routes: set aside' },
  ],
  [
    'a stage without a process',
    { stages: [{ stage: 'alerting', silentSeconds: null, lag: 3 }] },
    { part: 'stages', of: 'alerting', what: 'no process' },
  ],
  [
    'a stage that hangs',
    { stages: [{ stage: 'alerting', silentSeconds: 61, lag: 3 }] },
    { part: 'stages', of: 'alerting', what: 'stands still' },
  ],
  [
    'a stage that can not keep up',
    { stages: [{ stage: 'alerting', silentSeconds: 1, lag: 10_001 }] },
    { part: 'stages', of: 'alerting', what: 'far behind' },
  ],
  [
    'a canary that does not come',
    { canary: [{ ...CANARY, lastArrivedAt: before(241) }] },
    { part: 'canary', of: 'text', what: 'does not arrive' },
  ],
  [
    'a canary that never came',
    { canary: [{ ...CANARY, lastArrivedAt: null, lastSeconds: null, lastSentAt: before(241) }] },
    { part: 'canary', of: 'text', what: 'does not arrive' },
  ],
  ['lost canaries', { canary: [{ ...CANARY, lost: 2 }] }, { part: 'canary', of: 'text', what: '2 lost' }],
  [
    'no watch list',
    { watchList: { newest: 0, ageSeconds: null, lanes: {} } },
    { part: 'watchList', of: '', what: 'nothing is watched' },
  ],
  [
    'a lane with an old watch list',
    { watchList: { newest: 4, ageSeconds: 61, lanes: { text: 4, image: 3 } } },
    { part: 'watchList', of: 'image', what: 'still at version 3' },
  ],
  [
    'creators who are not heard',
    { coverage: [{ tier: 2, expected: 14, fresh: 8, awaited: 4 }] },
    { part: 'coverage', of: '2', what: 'too few' },
  ],
  [
    'alerts that are overdue',
    { alerts: [{ severity: 'high', waiting: 2, inWork: 0, overdue: 1 }] },
    { part: 'alerts', of: 'high', what: '1 overdue' },
  ],
  [
    'dead letters',
    { deadLetters: { ingest: 7 } },
    { part: 'deadLetters', of: 'ingest', what: 'not processed' },
  ],
  [
    'notices that fail',
    { channels: [{ channel: 'webhook', pending: 3, failing: 2, gaveUp: 0, lastDeliveredAt: null }] },
    { part: 'channels', of: 'webhook', what: '2 notices fail' },
  ],
  [
    'notices that were given up',
    { channels: [{ channel: 'webhook', pending: 0, failing: 0, gaveUp: 5, lastDeliveredAt: null }] },
    { part: 'channels', of: 'webhook', what: '5 notices were given up' },
  ],
];

describe('what is wrong', () => {
  it('is nothing where all is well', () => {
    expect(judgeStatus(WELL)).toEqual([]);
  });

  it.each(CASES)('is %s, and stands in the line that it is about', (_name, change, { part, of, what }) => {
    const status = { ...WELL, ...change };
    const problems = judgeStatus(status);
    expect(problems).toMatchObject([{ part, of }]);
    expect(problems[0]?.what).toContain(what);
    const lines = formatStatus(status, problems);
    expect(lines[0]).toContain('1 thing is wrong');
    const wrong = lines.filter((line) => line.includes('✗')).slice(1);
    expect(wrong.length).toBe(1);
    expect(wrong[0]).toContain(what);
  });

  it('is not a process that another one replaced; of two that died, one restarted leaves one missing', () => {
    const gone = { ...PROCESS, processId: 'gone', pid: 41, silentSeconds: 1440 };
    const next = { ...PROCESS, processId: 'next', pid: 43, startedAt: before(1430) };
    const replaced: Status = { ...WELL, processes: [gone, next] };
    expect(judgeStatus(replaced)).toEqual([]);
    expect(stripVTControlCharacters(formatStatus(replaced, []).join('\n'))).toContain(
      'last heard 24 min ago · replaced by pid 43',
    );

    const another = { ...gone, processId: 'another', silentSeconds: 1441 };
    expect(judgeStatus({ ...WELL, processes: [gone, another, next] }).map(({ of }) => of)).toEqual(['gone']);
    const other = { ...next, standing: { ...PROCESS.standing, watchLists: { image: 3 } } };
    expect(judgeStatus({ ...WELL, processes: [gone, other] }).map(({ of }) => of)).toEqual(['gone']);
    const older = { ...next, startedAt: before(1450) };
    expect(judgeStatus({ ...WELL, processes: [gone, older] }).map(({ of }) => of)).toEqual(['gone']);
    // Each of a line of restarts takes the place of the one before.
    const again = { ...next, processId: 'again', silentSeconds: 900 };
    const last = { ...next, processId: 'last', startedAt: before(890) };
    expect(judgeStatus({ ...WELL, processes: [gone, again, last] })).toEqual([]);
  });

  it('is a silent process for an hour: then it was ended, and its stages say whether others do its work', () => {
    const gone = { ...PROCESS, processId: 'gone', pid: 41, startedAt: before(90_000), silentSeconds: 3599 };
    expect(judgeStatus({ ...WELL, processes: [PROCESS, gone] }).map(({ of }) => of)).toEqual(['gone']);
    const ended: Status = { ...WELL, processes: [PROCESS, { ...gone, silentSeconds: 3601 }] };
    expect(judgeStatus(ended)).toEqual([]);
    expect(stripVTControlCharacters(formatStatus(ended, []).join('\n'))).toContain(
      'last heard 60 min ago · not missed any more',
    );
    const alone: Status = { ...WELL, processes: [{ ...gone, silentSeconds: 3601 }] };
    expect(
      judgeStatus(alone)
        .map(({ what }) => what)
        .join('\n'),
    ).toMatch(/^nothing runs.*$/);
  });

  it('is not a list of which nothing has come yet, and it says how posts come', () => {
    const status: Status = { ...WELL, coverage: [{ tier: 1, expected: 2, fresh: 0, awaited: 2 }] };
    expect(judgeStatus(status)).toEqual([]);
    const said = stripVTControlCharacters(formatStatus(status, []).join('\n'));
    expect(said).toContain('2 waiting for the first post');
    expect(said).toContain('POST /v1/posts');
    expect(said).toContain('leakwatch coverage --stale');
  });

  it('is not a canary that was sent just now, a watch list just imported, or coverage that is not counted yet', () => {
    const status: Status = {
      ...WELL,
      canary: [{ ...CANARY, lastArrivedAt: null, lastSeconds: null, lastSentAt: before(3) }],
      watchList: { newest: 4, ageSeconds: 2, lanes: { text: 3 } },
      coverage: null,
    };
    expect(judgeStatus(status)).toEqual([]);
    expect(formatStatus(status, []).join('\n')).toContain('not known yet');
  });
});

it('shows every part on one screen', () => {
  const screen = formatStatus(WELL, []).join('\n');
  for (const said of [
    'leakwatch is working',
    '2026-11-22 09:00:00 UTC',
    'triage-1, pid 4242',
    'up for 3.2 h',
    '12 records wait',
    'took 100 ms, 19.9 s ago',
    'imported 2.0 h ago',
    '190 of 200 creators heard',
    '1 waiting',
    'last one ended 60 min ago',
    'every notice is sent',
  ]) {
    expect(screen).toContain(said);
  }
});
