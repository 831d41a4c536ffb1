import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UsageError } from '@leakwatch/runtime';
import { BUILT_IN_RULESET, compileRuleset } from '@leakwatch/tier-rules';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadAlertingConfig } from '../../config.ts';
import { until } from '../support/scene.ts';
import { followRuleset } from '../../judge/follow-ruleset.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'leakwatch-rules-'));
  file = path.join(folder, 'rules.yaml');
  await writeFile(file, BUILT_IN_RULESET);
});
afterEach(() => rm(folder, { recursive: true }));

async function follow() {
  const refused: string[] = [];
  const follower = await followRuleset({
    file,
    db: store.pool,
    onChange: () => undefined,
    onRefused: (error) => void refused.push(error.message),
    pollMs: 10,
  });
  return { follower, refused };
}

describe("the operator's own ruleset", () => {
  it('is taken over when the file changes', async () => {
    const { follower } = await follow();
    const changed = BUILT_IN_RULESET.replace('confidenceThreshold: 0.35', 'confidenceThreshold: 0.32');
    await writeFile(file, changed);
    await until(() => follower.current().hash === compileRuleset(changed).hash);
    await follower.stop();
  });

  it.each([
    ['a condition that does not compile', 'match.kind ==', 'match.knd ==', 'No such key: knd'],
    [
      'a rule that fails its own test',
      'embargo.hoursLeft < 1.0',
      'embargo.hoursLeft < 3.0',
      'two hours too early',
    ],
    ['half a file', BUILT_IN_RULESET.slice(2000), '', 'rules'],
    [
      'a loop that would run for ever',
      'match.confidence < tier.threshold',
      'match.how.all(a, match.how.all(b, match.how.all(c, a != b)))',
      '`all` is refused inside another loop',
    ],
    [
      'a loop over more than anyone would write',
      'match.confidence < tier.threshold',
      `[${Array(101).fill('1').join(', ')}].all(n, n == 1)`,
      'maxListElements',
    ],
    [
      'a regular expression that would take for ever',
      'match.confidence < tier.threshold',
      "match.kind.matches('(a+)+$')",
      '`matches` is refused',
    ],
    [
      'a field that there is not',
      'leakWindowDays: 90',
      'leakWindowDay: 90',
      'Unrecognized key: "leakWindowDay"',
    ],
    ['what is not YAML', 'riskFactors:', 'riskFactors: [', ':'],
  ])('stays when the new one is broken: %s', async (_name, from, to, complaint) => {
    const { follower, refused } = await follow();
    const { hash } = follower.current();
    await writeFile(
      file,
      BUILT_IN_RULESET.replace(from, () => to),
    );
    // A look may come in the middle of the write and refuse the half that it sees.
    await until(() => refused.join('\n').includes(complaint));
    expect(follower.current().hash).toBe(hash);
    await follower.stop();
  });

  it('stays when the file goes, and is taken over when it comes back', async () => {
    const { follower, refused } = await follow();
    await rm(file);
    await until(() => refused.length > 0);
    expect(refused[0]).toContain("can't be read");
    const changed = `${BUILT_IN_RULESET}# changed\n`;
    await writeFile(file, changed);
    await until(() => follower.current().hash === compileRuleset(changed).hash);
    await follower.stop();
  });

  it('that is broken or missing at the start keeps alerting from starting', async () => {
    await writeFile(file, BUILT_IN_RULESET.replace('match.kind ==', 'match.knd =='));
    await expect(follow()).rejects.toThrow(UsageError);
    await expect(follow()).rejects.toThrow(/rules\.yaml:\d+:\d+: rule `low-sensitivity`: .*No such key: knd/);
    await rm(file);
    await expect(follow()).rejects.toThrow(UsageError);
  });
});

describe('settings', () => {
  it('have defaults that need nothing', () => {
    expect(loadAlertingConfig({})).toMatchObject({ webhook: undefined, episodeGapMs: 86_400_000 });
  });

  it('name every variable that is wrong, and no secret', () => {
    const env = {
      LEAKWATCH_ALERT_WEBHOOK_URL: 'ftp://example.org',
      LEAKWATCH_ALERT_WEBHOOK_SECRET: 'hunter2',
      LEAKWATCH_EPISODE_GAP_HOURS: '0',
    };
    expect(() => loadAlertingConfig(env)).toThrow(
      /LEAKWATCH_EPISODE_GAP_HOURS.*\n.*LEAKWATCH_ALERT_WEBHOOK_URL.*\n.*LEAKWATCH_ALERT_WEBHOOK_SECRET/,
    );
    expect(() => loadAlertingConfig(env)).not.toThrow(/hunter2/);
  });

  it('send no notice unsigned', () => {
    expect(() => loadAlertingConfig({ LEAKWATCH_ALERT_WEBHOOK_URL: 'https://example.org/hook' })).toThrow(
      'LEAKWATCH_ALERT_WEBHOOK_SECRET',
    );
  });
});
