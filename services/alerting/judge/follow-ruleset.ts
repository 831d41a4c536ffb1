import { readFile } from 'node:fs/promises';
import { messageOf, toError, UsageError } from '@leakwatch/runtime';
import { RulesetError, type Ruleset } from '@leakwatch/tier-rules';
import { loadBuiltInRuleset, loadRuleset } from './load-ruleset.ts';

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
    const ruleset = loadBuiltInRuleset();
    return { current: () => ruleset, stop: () => Promise.resolve() };
  }
  let seen = await readRules(file);
  let ruleset = compileForStart(seen, file);
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  // By its content: editors replace files, mounted ones change without any event, and a look every other second costs nothing.
  const look = async () => {
    const text = await readRules(file).catch(toError);
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

async function readRules(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the rules can't be read: ${messageOf(error)}`);
  }
}

function compileForStart(text: string, file: string): Ruleset {
  try {
    return loadRuleset(text, file);
  } catch (error) {
    if (error instanceof RulesetError) throw new UsageError(`the rules are broken:\n${error.message}`);
    throw error;
  }
}
