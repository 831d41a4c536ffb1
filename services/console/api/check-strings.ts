/** A mistake in a parsed value, with the keys and indexes that lead to it. */
export interface StringProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Far deeper than any request; what works through a value by calling itself ends long before its stack does. */
const DEEPEST = 64;
const MOST_PROBLEMS = 10;

/** Checks each string within a parsed value, keys too. Nesting that no request has is a problem. */
export function checkStrings(
  value: unknown,
  check: (text: string) => { readonly message: string } | null,
): StringProblem[] {
  const problems: StringProblem[] = [];
  const path: (string | number)[] = [];
  const note = (problem: { readonly message: string } | null) => {
    if (problem !== null) problems.push({ path: [...path], message: problem.message });
  };
  const visit = (held: unknown) => {
    if (problems.length >= MOST_PROBLEMS) return;
    if (typeof held === 'string') note(check(held));
    // Bytes of an upload are no text.
    if (typeof held !== 'object' || held === null || held instanceof Uint8Array) return;
    if (path.length === DEEPEST) {
      note({ message: 'nested too deep' });
      return;
    }
    const isList = Array.isArray(held);
    for (const [key, inner] of Object.entries(held)) {
      if (!isList) note(check(key));
      path.push(isList ? Number(key) : key);
      visit(inner);
      path.pop();
    }
  };
  visit(value);
  return problems;
}
