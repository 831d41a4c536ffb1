import { readRulesText } from '@leakwatch/alerting/judge';
import { UsageError } from '@leakwatch/runtime';
import {
  BUILT_IN_RULESET,
  compileRuleset,
  RulesetError,
  runRuleTests,
  type Ruleset,
  type RuleTestResult,
} from '@leakwatch/tier-rules';
import { RulesCheckedSchema, RuleTestedSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';

/** Summarises a ruleset. @throws UsageError naming every problem with its place */
export async function checkRules(file: string, screen: Screen): Promise<void> {
  const { rules, riskFactors, niches, hash } = await readRuleset(file);
  const count = (status: 'active' | 'shadow' | 'draft') =>
    rules.filter((rule) => rule.status === status).length;
  const counts = { active: count('active'), shadow: count('shadow'), draft: count('draft') };
  const told = Object.entries(counts).map(([status, n]) => `${n} ${status}`);
  screen.outcome(
    RulesCheckedSchema,
    { file, hash, ...counts, riskFactors: riskFactors.length, niches: niches.length },
    `${file}: ruleset ${hash.slice(0, 12)}
${rules.length} rules (${told.join(', ')}), ${riskFactors.length} risk factors, ${niches.length} niches`,
  );
}

/** Runs the rules' own tests, one line for each. Returns the exit code. */
export async function testRules(file: string | null, screen: Screen): Promise<number> {
  const results = runRuleTests(
    file === null ? compileRuleset(BUILT_IN_RULESET, 'built-in ruleset') : await readRuleset(file),
  );
  for (const result of results) screen.outcome(RuleTestedSchema, result, lineOf(result));
  const failed = results.filter(({ passed }) => !passed).length;
  screen.note(`${results.length - failed} of ${results.length} tests pass`);
  return failed === 0 ? 0 : 1;
}

/** @throws UsageError if the file can't be read or doesn't compile */
export async function readRuleset(file: string): Promise<Ruleset> {
  const text = await readRulesText(file);
  try {
    return compileRuleset(text, file);
  } catch (error) {
    throw error instanceof RulesetError ? new UsageError(error.message) : error;
  }
}

function lineOf({ ruleId, kind, name, failure }: RuleTestResult): string {
  const test = `${ruleId}  ${kind}  ${name}`;
  return failure === null ? `pass  ${test}` : `FAIL  ${test}: ${failure}`;
}
