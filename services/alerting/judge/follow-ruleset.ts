import { toError } from '@leakwatch/runtime';
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
  /** Hears why a changed file is not taken over, once a change; the running ruleset stays. */
  readonly onRefused: (error: Error) => void;
  readonly pollMs?: number;
}

/**
 * The ruleset in force, taken over anew whenever the file changes. A broken file is refused: at the start with an error, later
 * by keeping the ruleset that runs.
 *
 * @throws UsageError where the file can't be read or is broken at the start
 */
export async function followRuleset(options: FollowRulesetOptions): Promise<RulesetFollower> {
  const { file, onChange, onRefused, pollMs = 2_000 } = options;
  if (file === undefined) {
    const builtIn = loadBuiltInRuleset();
    return { current: () => builtIn, stop: () => Promise.resolve() };
  }
  let seen = await readRulesText(file);
  let ruleset = compileRulesText(seen, file);
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  // By its content: editors replace files, mounted ones change without any event, and a look every other second costs nothing.
  const look = async () => {
    const text = await readRulesText(file).catch(toError);
    const found = text instanceof Error ? text.message : text;
    if (found !== seen) {
      seen = found;
      try {
        if (text instanceof Error) throw text;
        ruleset = loadRuleset(text, file);
        onChange(ruleset);
      } catch (error) {
        onRefused(toError(error));
      }
    }
    looking = null;
    if (!isStopped) schedule();
  };
  let looking: Promise<void> | null = null;
  const schedule = () => {
    timer = setTimeout(() => {
      looking = look();
    }, pollMs);
    timer.unref();
  };
  schedule();
  return {
    current: () => ruleset,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
