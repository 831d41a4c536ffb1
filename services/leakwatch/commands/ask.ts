import { UsageError } from '@leakwatch/runtime';
import { type Answers } from '../screen/answers.ts';
import { type Screen } from '../screen/screen.ts';

/** Asks a person; an answer that is needed is asked for until it comes. */
export type Ask = (prompt: string, options?: { readonly needed: boolean }) => Promise<string>;

/**
 * Asks until the answers can be used: a wrong one is told, and asked for again, so that those before it are not typed anew.
 *
 * @param questions - asks, and throws a UsageError for an answer that is wrong
 * @throws UsageError where the answers end before that
 */
export async function askUntilRight<T>(
  answers: Answers,
  screen: Screen,
  questions: (ask: Ask) => Promise<T>,
): Promise<T> {
  const soFar: { wrong: UsageError | null; isOver: boolean } = { wrong: null, isOver: false };
  const ask: Ask = async (prompt, { needed } = { needed: false }) => {
    for (;;) {
      const answer = await answers.line(prompt);
      soFar.isOver = answer === null;
      if (answer === null && soFar.wrong !== null) throw soFar.wrong;
      if (answer === null && needed) {
        throw new UsageError(`no answer to “${prompt.trim()}”; nothing was written`);
      }
      const text = (answer ?? '').trim();
      if (text !== '' || !needed) return text;
    }
  };
  for (;;) {
    try {
      return await questions(ask);
    } catch (error) {
      if (!(error instanceof UsageError) || soFar.isOver) throw error;
      soFar.wrong = error;
      screen.problem(error.message);
    }
  }
}
