import { startLoop, toError } from '@leakwatch/runtime';
import { StoreError, type Queryable } from '@leakwatch/store';
import { type Ruleset } from '@leakwatch/tier-rules';
import { loadRuleset } from './load-ruleset.ts';
import { compileRules, readRules } from './read-rules.ts';

export interface RulesetFollower {
  current(): Ruleset;
  stop(): Promise<void>;
}

export interface FollowRulesetOptions {
  /** The operator's file; without it the rules that people agreed on, or the built-in ones. */
  readonly file: string | undefined;
  readonly db: Queryable;
  readonly onChange: (ruleset: Ruleset) => void;
  /** Hears why changed rules were refused, once per change; the running ruleset stays. */
  readonly onRefused: (error: Error) => void;
  readonly pollMs?: number;
}

/**
 * Follows the rules in force and takes each change of them over. Broken ones are refused: at the start with an error, later by
 * keeping the ruleset that runs.
 *
 * @throws UsageError if the rules can't be read or are broken at the start
 */
export async function followRuleset(options: FollowRulesetOptions): Promise<RulesetFollower> {
  const { file, db, onChange, onRefused, pollMs = 2_000 } = options;
  const first = await readRules(file, db);
  let seen = first.text;
  let ruleset = compileRules(first);

  // Compares the content: editors replace files, and mounted files change without an event. It is cheap.
  const look = async () => {
    const rules = await readRules(file, db).catch(toError);
    // Others say that the database is away; the rules stay as they are.
    if (rules instanceof StoreError && rules.canRetry) return false;
    const found = rules instanceof Error ? rules.message : rules.text;
    if (found === seen) return false;
    seen = found;
    if (rules instanceof Error) throw rules;
    ruleset = loadRuleset(rules.text, rules.name);
    onChange(ruleset);
    return false;
  };
  const loop = startLoop({ turn: look, pollMs, onError: onRefused });
  return { current: () => ruleset, stop: () => loop.stop() };
}
