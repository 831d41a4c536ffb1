import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { ExpressionFailure, type ExpressionCompiler, type ExpressionProblem } from './expression.ts';
import { findForbidden } from './forbidden-cel.ts';

/** CEL's types for the facts that a ruleset may use: variable → field → type. */
export type FactTypes = Readonly<Record<string, Readonly<Record<string, FactType>>>>;
type FactType = 'bool' | 'int' | 'double' | 'string' | 'list<string>';

interface NativeTypes {
  bool: boolean;
  int: number;
  double: number;
  string: string;
  'list<string>': readonly string[];
}

/** The TypeScript type of the facts that a table of CEL types describes. */
export type FactsOf<T extends FactTypes> = {
  readonly [V in keyof T]: { readonly [F in keyof T[V]]: NativeTypes[T[V][F]] };
};

/** People read conditions: a longer or deeper one belongs in two rules. */
const LIMITS = {
  maxAstNodes: 300,
  maxDepth: 24,
  maxListElements: 100,
  maxMapEntries: 20,
  maxCallArguments: 8,
};

/**
 * Makes a compiler of CEL conditions (github.com/google/cel-spec) over the given facts. It knows no clock and no I/O, and
 * checks types before anything runs. forbidden-cel.ts refuses expensive conditions, as the library has no limit of cost.
 */
export function celCompiler<T extends FactTypes>(types: T): ExpressionCompiler<FactsOf<T>> {
  const environment = new Environment({ limits: LIMITS });
  for (const [name, fields] of Object.entries(types)) {
    environment.registerVariable({ name, schema: { ...fields } });
  }
  return (source) => {
    const parsed = attempt(() => environment.parse(source));
    if (!parsed.ok) return { ok: false, problems: [toProblem(parsed.error)] };
    const problems = [
      ...findForbidden(parsed.value.ast),
      ...typeProblems(parsed.value.check(), parsed.value.ast),
    ];
    if (problems.length > 0) return { ok: false, problems };
    const run: (context: Record<string, unknown>) => unknown = parsed.value;
    return {
      ok: true,
      expression: {
        source,
        evaluate: (facts) => {
          const result = attempt(() => run(toCelValues(types, facts)));
          if (!result.ok) throw new ExpressionFailure(source, result.error);
          return result.value === true;
        },
      },
    };
  };
}

function attempt<R>(action: () => R): { ok: true; value: R } | { ok: false; error: Error } {
  try {
    return { ok: true, value: action() };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function typeProblems(
  check: { valid: boolean; type?: string; error?: Error },
  ast: ASTNode,
): ExpressionProblem[] {
  if (!check.valid) return [toProblem(check.error ?? new Error('is not valid'))];
  if (check.type === 'bool') return [];
  return [{ offset: ast.start, message: `must be true or false, but is of type ${check.type ?? 'unknown'}` }];
}

/** The library's errors carry a one-line summary and a place; their `message` draws the source as well. */
function toProblem(error: Error): ExpressionProblem {
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message;
  const range: unknown = 'range' in error ? error.range : undefined;
  const known = typeof range === 'object' && range !== null && 'start' in range;
  return { offset: known && typeof range.start === 'number' ? range.start : 0, message: summary };
}

/** CEL's int is a 64-bit integer and a BigInt here; a JavaScript number is its double. */
function toCelValues<T extends FactTypes>(types: T, facts: FactsOf<T>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(types).map(([name, fields]) => [name, toCelFields(fields, facts[name] ?? {})]),
  );
}

function toCelFields(
  fields: Readonly<Record<string, FactType>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, type]) => {
      const value = values[field];
      return [field, type === 'int' && typeof value === 'number' ? BigInt(value) : value];
    }),
  );
}
