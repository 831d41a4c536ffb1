import { messageOf, readTextFile, UsageError } from '@leakwatch/runtime';
import {
  BUILT_IN_RULESET,
  compileRuleset,
  RulesetError,
  runRuleTests,
  type Ruleset,
} from '@leakwatch/tier-rules';

/**
 * Compiles a ruleset and runs its own tests: a ruleset that fails them counts as broken.
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
      place: null,
      ruleId,
      path: [],
      message: `its ${kind} test “${name}” fails: ${failure ?? ''}`,
    })),
  );
}

export function loadBuiltInRuleset(): Ruleset {
  return loadRuleset(BUILT_IN_RULESET, 'built-in ruleset');
}

/** @throws UsageError if the ruleset is broken */
export function compileRulesText(text: string, file: string): Ruleset {
  try {
    return loadRuleset(text, file);
  } catch (error) {
    if (error instanceof RulesetError) throw new UsageError(`the rules are broken:\n${error.message}`);
    throw error;
  }
}

/** @throws UsageError if the file can't be read */
export async function readRulesText(file: string): Promise<string> {
  try {
    return await readTextFile(file);
  } catch (error) {
    throw new UsageError(`the rules can't be read: ${messageOf(error)}`);
  }
}
