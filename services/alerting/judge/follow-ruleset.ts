import { startLoop, toError } from '@leakwatch/runtime';
import { type Ruleset } from '@leakwatch/tier-rules';
import { compileRulesText, loadBuiltInRuleset, loadRuleset, readRulesText } from './load-ruleset.ts';

export interface RulesetFollower {
  current(): Ruleset;
  stop(): Promise<void>;
}

export interface FollowRulesetOptions {
  /** The operator's file; the built-in ruleset without it. */
  readonly file: string | undefined;
  readonly onChange: (ruleset: Ruleset) => void;
  /** Hears why a changed file was refused, once per change; the running ruleset stays. */
  readonly onRefused: (error: Error) => void;
  readonly pollMs?: number;
}

/**
 * Follows the ruleset of the settings and puts each change of its file in force. A broken file is refused: at the start
 * with an error, later by keeping the ruleset that runs.
 *
 * @throws UsageError if the file can't be read or is broken at the start
 */
export async function followRuleset(options: FollowRulesetOptions): Promise<RulesetFollower> {
  const { file, onChange, onRefused, pollMs = 2_000 } = options;
  if (file === undefined) {
    const builtIn = loadBuiltInRuleset();
    return { current: () => builtIn, stop: () => Promise.resolve() };
  }
  let seen = await readRulesText(file);
  let ruleset = compileRulesText(seen, file);

  // Compares the content: editors replace files, and mounted files change without an event. It is cheap.
  const look = async () => {
    const text = await readRulesText(file).catch(toError);
    const found = text instanceof Error ? text.message : text;
    if (found === seen) return false;
    seen = found;
    if (text instanceof Error) throw text;
    ruleset = loadRuleset(text, file);
    onChange(ruleset);
    return false;
  };
  const loop = startLoop({ turn: look, pollMs, onError: onRefused });
  return { current: () => ruleset, stop: () => loop.stop() };
}
