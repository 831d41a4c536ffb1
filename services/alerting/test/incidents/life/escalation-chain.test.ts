import { TierSchema } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { chainOfRuleset, fixedChain } from '../../../incidents/life/escalation-chain.ts';
import { loadBuiltInRuleset } from '../../../judge/load-ruleset.ts';

const ruleset = loadBuiltInRuleset();
/** The built-in ruleset with the same chain in every tier. */
function withChain(escalateTo: readonly string[] | null) {
  return chainOfRuleset(() => ({
    ...ruleset,
    tiers: ruleset.tiers.map((tier) => ({ ...tier, escalateTo })),
  }));
}
const TIERS = TierSchema.options.map(({ value }) => value);

describe('the chain of the ruleset', () => {
  it('has a level for each role, the first role first', () => {
    const chain = withChain(['lead', 'head', 'board']);
    for (const tier of TIERS) {
      expect(chain.levels(tier)).toBe(3);
      expect([0, 1, 2, 3, 4].map((level) => chain.roleAt(tier, level))).toEqual([
        null,
        'lead',
        'head',
        'board',
        null,
      ]);
    }
  });

  it('may be empty', () => {
    expect(withChain([]).levels(1)).toBe(0);
    expect(withChain([]).roleAt(1, 1)).toBeNull();
  });

  it('has three levels without roles where a tier names none', () => {
    expect(withChain(null).levels(2)).toBe(3);
    expect(withChain(null).roleAt(2, 1)).toBeNull();
  });

  it('is that of the tier, in the ruleset that is in force now', () => {
    let roles = ['lead'];
    const chain = chainOfRuleset(() => ({
      ...ruleset,
      tiers: ruleset.tiers.map((tier) => ({ ...tier, escalateTo: tier.tier === 4 ? roles : [] })),
    }));
    expect(chain.levels(4)).toBe(1);
    expect(chain.levels(5)).toBe(0);
    roles = ['lead', 'head'];
    expect(chain.levels(4)).toBe(2);
    expect(chain.roleAt(4, 2)).toBe('head');
  });
});

it('a fixed chain is as long for every tier and names no role', () => {
  for (const tier of TIERS) {
    expect(fixedChain(4).levels(tier)).toBe(4);
    expect(fixedChain(4).roleAt(tier, 1)).toBeNull();
  }
});
