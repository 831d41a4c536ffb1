import { type Rule, type Ruleset } from './compile-ruleset.ts';
import { ruleMatches, tierDefinition } from './evaluate-ruleset.ts';
import { ExpressionFailure } from './expression.ts';
import { type RuleFacts } from './facts.ts';

const KINDS = ['positive', 'negative', 'afterEmbargo'] as const;

export interface RuleTestResult {
  readonly ruleId: string;
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
  readonly passed: boolean;
  /** The failure; null if it passed. */
  readonly failure: string | null;
}

/** Runs every rule's own tests, drafts included: a positive one must match, the others must not. */
export function runRuleTests(ruleset: Ruleset): RuleTestResult[] {
  return ruleset.rules.flatMap((rule) =>
    KINDS.flatMap((kind) =>
      rule.tests[kind].map(({ name, facts }) => {
        const failure = runTest(ruleset, rule, facts, kind === 'positive');
        return { ruleId: rule.id, kind, name, passed: failure === null, failure };
      }),
    ),
  );
}

function runTest(ruleset: Ruleset, rule: Rule, facts: RuleFacts, expected: boolean): string | null {
  try {
    const matched = ruleMatches(ruleset, rule, tierDefinition(ruleset, facts.tier), facts);
    if (matched === expected) return null;
    return expected ? 'should match and did not' : 'matched and should not';
  } catch (error) {
    if (error instanceof ExpressionFailure) return error.message;
    throw error;
  }
}
