/** One thing that is wrong with a ruleset, and where. Lines and columns count from 1. */
export interface RulesetProblem {
  readonly line: number | null;
  readonly column: number | null;
  /** The rule that it is in; null outside the rules. */
  readonly ruleId: string | null;
  /** `rules[2].when` */
  readonly path: string;
  readonly message: string;
}

/** A ruleset that can't be used: every problem at once. */
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

function describe(file: string, problem: RulesetProblem): string {
  const place = problem.line === null ? file : `${file}:${problem.line}:${problem.column ?? 1}`;
  const rule = problem.ruleId === null ? '' : `rule \`${problem.ruleId}\`: `;
  const path = problem.path === '' ? '' : `${problem.path}: `;
  return `${place}: ${rule}${path}${problem.message}`;
}
