import { type Queryable } from '@leakwatch/store';
import { BUILT_IN_RULESET, type Ruleset } from '@leakwatch/tier-rules';
import { loadAgreed } from '../agree/queries/proposals.ts';
import { compileRulesText, loadBuiltInRuleset, readRulesText } from './load-ruleset.ts';

/** The rules in force, and where they come from. */
interface RulesText {
  /** The operator's file counts first, else what two people agreed on in the console. */
  readonly source: 'file' | 'agreed' | 'built-in';
  /** As messages name it. */
  readonly name: string;
  readonly text: string;
}

/**
 * Reads the rules in force.
 *
 * @param file - the operator's
 * @throws UsageError if the file can't be read
 */
export async function readRules(file: string | undefined, db: Queryable): Promise<RulesText> {
  if (file !== undefined) return { source: 'file', name: file, text: await readRulesText(file) };
  const agreed = await loadAgreed(db, 'rules');
  if (agreed !== null) return { source: 'agreed', name: 'rules agreed on in the console', text: agreed };
  return { source: 'built-in', name: 'built-in ruleset', text: BUILT_IN_RULESET };
}

/** @throws UsageError if the rules can't be read or are broken */
export async function readRuleset(file: string | undefined, db: Queryable): Promise<Ruleset> {
  return compileRules(await readRules(file, db));
}

/** @throws UsageError if the rules are broken */
export function compileRules({ source, name, text }: RulesText): Ruleset {
  return source === 'built-in' ? loadBuiltInRuleset() : compileRulesText(text, name);
}
