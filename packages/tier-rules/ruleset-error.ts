import { describeProblem, placed, type FileProblem } from '@leakwatch/contracts';

/** A mistake in a ruleset. */
export interface RulesetProblem extends FileProblem {
  /** Null outside the rules. */
  readonly ruleId: string | null;
}

/** A ruleset that can't be used, with every problem. */
export class RulesetError extends Error {
  readonly file: string;
  readonly problems: readonly RulesetProblem[];

  constructor(file: string, problems: readonly RulesetProblem[]) {
    super(problems.map((problem) => describe(file, problem)).join('\n'));
    this.name = 'RulesetError';
    this.file = file;
    this.problems = problems;
  }
}

function describe(file: string, { ruleId, place, ...problem }: RulesetProblem): string {
  if (ruleId === null) return describeProblem(file, { place, ...problem });
  return describeProblem(`${placed(file, place)}: rule \`${ruleId}\``, { place: null, ...problem });
}
