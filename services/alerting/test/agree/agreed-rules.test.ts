/** Rules that people agree on, where the operator keeps no file: one proposes, another approves, alerting follows. */
import { BUILT_IN_RULESET, compileRuleset, RulesetError } from '@leakwatch/tier-rules';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { decideProposal, ProposalError, proposeText } from '../../agree/change-text.ts';
import { loadOpenProposal } from '../../agree/queries/proposals.ts';
import { AGREED_RULES } from '../../judge/agreed-rules.ts';
import { followRuleset } from '../../judge/follow-ruleset.ts';
import { readRules } from '../../judge/read-rules.ts';
import { until } from '../support/scene.ts';

const TEXT = BUILT_IN_RULESET.replace('confidenceThreshold: 0.35', 'confidenceThreshold: 0.32');
const at = new Date('2026-11-20T12:00:00Z');

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());
beforeEach(() => store.pool.query('DELETE FROM proposal'));

const propose = (text = TEXT, by = 'lea') =>
  proposeText(store, AGREED_RULES, { text, reason: 'too many alerts', by, at });
const decide = (id: string, decision: 'approved' | 'refused' | 'withdrawn', by: string) =>
  decideProposal(store, AGREED_RULES, { id, decision, by, note: '', at });
const source = async () => (await readRules(undefined, store.pool)).source;

it('are followed once another person has approved them, and the rules before them until then', async () => {
  const changes: string[] = [];
  const follower = await followRuleset({
    file: undefined,
    db: store.pool,
    onChange: ({ hash }) => void changes.push(hash),
    onRefused: (error) => void changes.push(error.message),
    pollMs: 10,
  });
  const { id, hash } = await propose();
  expect(hash).toBe(compileRuleset(TEXT).hash);
  expect(await source()).toBe('built-in');
  await decide(id, 'approved', 'ben');
  await until(() => follower.current().hash === hash);
  expect(await source()).toBe('agreed');
  const back = await propose(BUILT_IN_RULESET, 'ben');
  await decide(back.id, 'approved', 'lea');
  await until(() => follower.current().hash === back.hash);
  await follower.stop();
  expect(changes).toEqual([hash, back.hash]);
});

it('are approved by another person than proposed them, also by the database itself', async () => {
  const { id } = await propose();
  await expect(decide(id, 'approved', 'lea')).rejects.toThrow('another person approves a change');
  await expect(decide(id, 'withdrawn', 'ben')).rejects.toThrow(ProposalError);
  await expect(
    store.pool.query(
      `UPDATE proposal SET decision = 'approved', decided_by = 'lea', decided_at = now() WHERE id = $1::bigint`,
      [id],
    ),
  ).rejects.toThrow(/check constraint/);
  await decide(id, 'withdrawn', 'lea');
  expect(await loadOpenProposal(store.pool, 'rules')).toBeNull();
});

it('are proposed one at a time, decided once, and refused if they are broken', async () => {
  const both = await Promise.allSettled([propose(), propose(TEXT, 'ben')]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const open = await loadOpenProposal(store.pool, 'rules');
  const other = open?.proposedBy === 'lea' ? 'ben' : 'lea';
  const decided = await Promise.allSettled([
    decide(open?.id ?? '', 'refused', other),
    decide(open?.id ?? '', 'approved', 'cem'),
  ]);
  expect(decided.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(decide(open?.id ?? '', 'approved', 'cem')).rejects.toThrow('no longer open');
  await expect(propose(BUILT_IN_RULESET.replace('match.kind ==', 'match.knd =='))).rejects.toThrow(
    RulesetError,
  );
});
