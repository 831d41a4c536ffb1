/** A compiled, statically typed condition of a ruleset, independent of the expression language. */
export interface Expression<Facts> {
  readonly source: string;
  /** @throws ExpressionFailure if the facts break it at run time: a division by zero, an index out of bounds */
  evaluate(facts: Facts): boolean;
}

/** Why a source can't be used; `offset` counts UTF-16 units into it. */
export interface ExpressionProblem {
  readonly offset: number;
  readonly message: string;
}

type ExpressionResult<Facts> =
  | { readonly ok: true; readonly expression: Expression<Facts> }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

/** Compiles conditions over one shape of facts. */
export type ExpressionCompiler<Facts> = (source: string) => ExpressionResult<Facts>;

export class ExpressionFailure extends Error {
  constructor(source: string, cause: Error) {
    super(`\`${source}\` failed: ${cause.message}`, { cause });
    this.name = 'ExpressionFailure';
  }
}
