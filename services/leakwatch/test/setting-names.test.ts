import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings, SettingsError } from '@leakwatch/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkSettingNames } from '../check-setting-names.ts';
import { showCoverage } from '../commands/coverage.ts';
import { demo } from '../commands/demo.ts';
import { runMatcher } from '../commands/run.ts';
import { checkAllTopics } from '../commands/topics.ts';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { loadProcessConfig } from '../process-settings.ts';
import { terminalScreen } from '../screen/screen.ts';

const check = (env: NodeJS.ProcessEnv) => () => checkSettingNames(env);

describe('the names of settings', () => {
  it('are those of every service, whichever is started, and of what stands beside it', () => {
    expect(
      check({
        LEAKWATCH_HOST: '0.0.0.0',
        LEAKWATCH_WEBHOOK_SECRETS: 'x',
        LEAKWATCH_IMAGE_WORKERS: '1',
        LEAKWATCH_RESCAN_SHARE: '50',
        LEAKWATCH_SLACK_WEBHOOK_URL: 'x',
        LEAKWATCH_DATA_DIR: '.data',
        LEAKWATCH_REQUIRE_ALL: '1',
        LEAKWATCH_IMAGE: 'leakwatch:local',
      }),
    ).not.toThrow();
  });

  it.each([
    ['LEAKWATCH_RESCAN_SHAER', 'LEAKWATCH_RESCAN_SHARE'],
    ['LEAKWATCH_EMAIL_FORM', 'LEAKWATCH_EMAIL_FROM'],
    ['LEAKWATCH_IMAGE_WORKER', 'LEAKWATCH_IMAGE_WORKERS'],
    ['LEAKWATCH_WEBHOOK_SECRET', 'LEAKWATCH_WEBHOOK_SECRETS'],
    ['LEAKWATCH_RESCAN_SETTLE_MS', 'LEAKWATCH_RESCAN_SETTLE_S'],
    ['LEAKWATCH_log_level', 'LEAKWATCH_LOG_LEVEL'],
  ])('are suggested where one is near: %s', (slip, meant) => {
    expect(check({ [slip]: '50' })).toThrow(`${slip}: leakwatch has no such setting; did you mean ${meant}?`);
  });

  it.each(['LEAKWATCH_COLOUR_SCHEME', 'LEAKWATCH_', `LEAKWATCH_${'X'.repeat(300)}`])(
    'are not guessed where none is near: %s',
    (name) => {
      expect(check({ [name]: '1' })).toThrow(new RegExp(`^ {2}${name}: leakwatch has no such setting$`, 'm'));
    },
  );

  it('that are wrong are named with all else that is wrong, without a value', () => {
    const env = {
      DATABASE_URL: 'hunter2',
      LEAKWATCH_OPS_PORT: 'hunter2',
      LEAKWATCH_WEBHOOK_SECRT: 'hunter2',
      LEAKWATCH_ESCALATION: 'hunter2',
    };
    const checkAll = () =>
      readSettings({ environment: loadEnvironmentConfig, process: loadProcessConfig }, env);
    expect(checkAll).toThrow(SettingsError);
    expect(checkAll).toThrow(
      new RegExp(
        [
          '^settings are wrong:',
          '  LEAKWATCH_ESCALATION: leakwatch has no such setting',
          '  LEAKWATCH_WEBHOOK_SECRT: leakwatch has no such setting; did you mean LEAKWATCH_WEBHOOK_SECRETS\\?',
          '  DATABASE_URL: must look like postgres:.*',
          '  LEAKWATCH_OPS_PORT: must be a whole number$',
        ].join('\n'),
      ),
    );
    expect(checkAll).not.toThrow(/hunter2/);
  });

  it('of other programs are theirs, and an empty variable counts as absent', () => {
    expect(
      check({ KAFKA_HEAP_OPTS: '-Xmx1g', LEAKWATCHER_HOME: '/srv', LEAKWATCH_RESCAN_SHAER: '' }),
    ).not.toThrow();
  });

  it('of Services, by which Kubernetes tells of them, are let through; without the Service they are slips', () => {
    const links = {
      LEAKWATCH_INGEST_SERVICE_PORT: '8080',
      LEAKWATCH_INGEST_SERVICE_PORT_OPS: '9464',
      LEAKWATCH_INGEST_PORT: 'tcp://10.0.0.1:8080',
      LEAKWATCH_INGEST_PORT_8080_TCP: 'tcp://10.0.0.1:8080',
      LEAKWATCH_INGEST_PORT_8080_TCP_ADDR: '10.0.0.1',
    };
    expect(check({ ...links, LEAKWATCH_INGEST_SERVICE_HOST: '10.0.0.1' })).not.toThrow();
    for (const name of Object.keys(links))
      expect(check(links)).toThrow(`${name}: leakwatch has no such setting`);
  });
});

describe('a command', () => {
  const named =
    /LEAKWATCH_RESCAN_SHAER: leakwatch has no such setting; did you mean LEAKWATCH_RESCAN_SHARE\?/;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-test-'));
    vi.stubEnv('LEAKWATCH_RESCAN_SHAER', '50');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('names such a slip with what is wrong in the settings that it reads, and opens nothing', async () => {
    vi.stubEnv('LEAKWATCH_QUIET_DAYS', 'ninety');
    const dataDir = path.join(folder, 'data');
    const shown = showCoverage({ dataDir, stale: false, json: false }, terminalScreen());
    await expect(shown).rejects.toThrow(named);
    await expect(shown).rejects.toThrow(/LEAKWATCH_QUIET_DAYS: must be a whole number/);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('that runs a service does so, too', async () => {
    vi.stubEnv('LEAKWATCH_OPS_PORT', 'ninety');
    vi.stubEnv('LEAKWATCH_IMAGE_WORKERS', 'many');
    vi.stubEnv('KAFKA_BROKERS', 'one:9092');
    vi.stubEnv('DATABASE_URL', '');
    const dataDir = path.join(folder, 'data');
    const run = runMatcher({ dataDir });
    await expect(run).rejects.toThrow(named);
    await expect(run).rejects.toThrow(/LEAKWATCH_OPS_PORT: [\s\S]*LEAKWATCH_IMAGE_WORKERS: /);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('that runs a service needs a database to share, if the log is Kafka', async () => {
    vi.stubEnv('LEAKWATCH_RESCAN_SHAER', '');
    vi.stubEnv('LEAKWATCH_IMAGE_WORKERS', 'many');
    vi.stubEnv('KAFKA_BROKERS', 'one:9092');
    vi.stubEnv('DATABASE_URL', '');
    const run = runMatcher({ dataDir: path.join(folder, 'data') });
    await expect(run).rejects.toThrow(/DATABASE_URL: is missing: [\s\S]*LEAKWATCH_IMAGE_WORKERS: /);
  });

  it('of the topics does so, too', async () => {
    vi.stubEnv('KAFKA_BROKERS', 'one');
    const checked = checkAllTopics({}, terminalScreen());
    await expect(checked).rejects.toThrow(named);
    await expect(checked).rejects.toThrow(/KAFKA_BROKERS: must be host:port/);
  });

  it('that begins afresh removes nothing before', async () => {
    const kept = path.join(folder, 'kept');
    await writeFile(kept, 'of an earlier demo');
    await expect(demo({ dataDir: folder, rate: 1, serve: false }, terminalScreen())).rejects.toThrow(named);
    expect(existsSync(kept)).toBe(true);
  });
});
