import {
  BUILT_IN_RULESET,
  compileRuleset,
  RulesetError,
  runRuleTests,
  type Ruleset,
} from '@leakwatch/tier-rules';

/**
 * Compiles a ruleset and runs its rules' own tests: one that fails them is as broken as one that doesn't compile.
 *
 * @throws RulesetError naming every problem
 */
export function loadRuleset(yamlText: string, file: string): Ruleset {
  const ruleset = compileRuleset(yamlText, file);
  const failed = runRuleTests(ruleset).filter(({ passed }) => !passed);
  if (failed.length === 0) return ruleset;
  throw new RulesetError(
    file,
    failed.map(({ ruleId, kind, name, failure }) => ({
      line: null,
      column: null,
      ruleId,
      path: '',
      message: `its ${kind} test “${name}” fails: ${failure ?? ''}`,
    })),
  );
}

export function loadBuiltInRuleset(): Ruleset {
  return loadRuleset(BUILT_IN_RULESET, 'built-in ruleset');
}
