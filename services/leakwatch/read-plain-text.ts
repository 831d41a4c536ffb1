import { describeProblem, findTextProblems } from '@leakwatch/contracts';
import { messageOf, readTextFile, UsageError } from '@leakwatch/runtime';

/**
 * Reads text that a person wrote into a file of its own.
 *
 * @param what - names the text in the error: `the message`
 * @throws UsageError if the file can't be read, or, with line and column, if it is not plain text in UTF-8
 */
export async function readPlainText(file: string, what: string): Promise<string> {
  const text = await readTextFile(file).catch((error: unknown) => {
    throw new UsageError(`cannot read ${what}: ${messageOf(error)}`);
  });
  assertPlainText(text, file, what);
  return text;
}

/** @throws UsageError naming line and column of what no text in UTF-8 contains */
export function assertPlainText(text: string, file: string, what: string): void {
  const problems = findTextProblems(text).map((problem) => describeProblem(file, problem));
  if (problems.length > 0) throw new UsageError(`cannot read ${what}:\n${problems.join('\n')}`);
}
