import { loadAlertingConfig } from '@leakwatch/alerting';
import { BUILT_IN_RULESET, compileRuleset } from '@leakwatch/tier-rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCreatorBoard } from '../api/creators/creator-board.ts';
import { RulesSchema } from '../api/schemas/index.ts';
import { type Browser } from './support/browser.ts';
import { openScene, type Scene } from './support/scene.ts';

const TEXT = BUILT_IN_RULESET.replace('confidenceThreshold: 0.35', 'confidenceThreshold: 0.32');

let scene: Scene;
let lea: Browser;
let ben: Browser;
beforeAll(async () => {
  scene = await openScene();
  lea = await scene.person('lea', 'lead');
  ben = await scene.person('ben', 'lead');
});
afterAll(() => scene.close());

const rules = async (who: Browser) => RulesSchema.parse((await who.get('/v1/rules')).body);

it('rules are proposed by one lead and put in force by another, each with a line in the audit log', async () => {
  expect(await rules(lea)).toMatchObject({ source: 'built-in', proposal: null });
  const board = createCreatorBoard({
    store: scene.store,
    alerting: loadAlertingConfig({}),
    names: () => ({ snapshot: null, campaigns: new Map(), creators: new Map() }),
  });
  const rulesOfBoard = async () => (await board.standing()).ruleset.hash;
  expect(await rulesOfBoard()).toBe(compileRuleset(BUILT_IN_RULESET).hash);
  const broken = await lea.post('/v1/rules/proposals', { text: 'rules: [', reason: 'a try' });
  expect(broken.status).toBe(400);
  const proposed = await lea.post('/v1/rules/proposals', { text: TEXT, reason: 'closer to the launch' });
  expect(proposed.status, proposed.text).toBe(200);
  const { proposal } = await rules(ben);
  expect(proposal).toMatchObject({ by: 'lea', reason: 'closer to the launch', text: TEXT });
  expect((await ben.post('/v1/rules/proposals', { text: TEXT, reason: 'mine' })).status).toBe(409);
  const decide = (who: Browser, decision: string) =>
    who.post(`/v1/rules/proposals/${proposal?.id ?? ''}`, { decision });
  const own = await decide(lea, 'approved');
  expect(own.status).toBe(409);
  expect(own.body['detail']).toContain('another person approves');
  expect((await decide(ben, 'approved')).status).toBe(200);
  expect(await rules(lea)).toMatchObject({
    source: 'agreed',
    hash: compileRuleset(TEXT).hash,
    text: TEXT,
    proposal: null,
  });
  expect(await rulesOfBoard()).toBe(compileRuleset(TEXT).hash);
  expect((await decide(ben, 'refused')).status).toBe(409);
  const { text: log } = await scene.admin.get('/v1/audit');
  expect(log).toMatch(/rules-approved.*rules-proposed/);
});

it('rules are changed by leads of all campaigns only, and not where the operator keeps a file', async () => {
  const body = { text: TEXT, reason: 'no' };
  const ana = await scene.person('ana', 'analyst');
  const olga = await scene.person('olga', 'lead', ['borealis']);
  expect((await ana.post('/v1/rules/proposals', body)).status).toBe(403);
  expect((await olga.post('/v1/rules/proposals', body)).status).toBe(403);
  const operators = await openScene({ LEAKWATCH_RULES: 'rules.yaml' });
  try {
    const refused = await operators.admin.post('/v1/rules/proposals', body);
    expect(refused.status).toBe(409);
    expect(refused.body['detail']).toContain('LEAKWATCH_RULES');
  } finally {
    await operators.close();
  }
});
