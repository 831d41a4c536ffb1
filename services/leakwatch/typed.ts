/**
 * Commands in hints, as they can be typed where the hint is printed: from a checkout they need its prefix, and a call that was
 * told its data by options needs the same again. Words are given without `leakwatch`.
 */
import { z } from 'zod';

/** Options that say which data a call is about. The token is none of them: it would stay on the screen. */
const PLACE = [
  ['dataDir', '--data-dir'],
  ['server', '--server'],
  ['tokenFile', '--token-file'],
] as const;
const GivenSchema = z.object({
  dataDir: z.string().optional(),
  server: z.string().optional(),
  tokenFile: z.string().optional(),
});

/** A command with the options that it was called with. */
interface Called {
  opts(): unknown;
  getOptionValueSource(name: string): unknown;
}

let placeOfThisCall: readonly string[] = [];

/** Remembers where this call was told to work. The environment and leakwatch.yaml say it to the next call, too. */
export function rememberPlace(...called: readonly Called[]): void {
  placeOfThisCall = called.flatMap((command) => {
    const given = GivenSchema.parse(command.opts());
    return PLACE.flatMap(([name, flag]) =>
      command.getOptionValueSource(name) === 'cli' ? [flag, given[name] ?? ''] : [],
    );
  });
}

/** `npm run leakwatch -- demo` in a checkout, `leakwatch demo` where it is installed. */
export function typed(words: string, ...options: readonly string[]): string {
  return [typedAs(), words, ...options.map(quoted)].join(' ');
}

/** The same, about the data of this call. */
export function typedHere(words: string): string {
  return typed(words, ...placeOfThisCall);
}

/** The words that stand for `leakwatch` where this call was made. */
export function typedAs(): string {
  const given = process.env.LEAKWATCH_TYPED_AS ?? '';
  return given === '' ? 'leakwatch' : given;
}

/** A message of a package, which names commands plainly and in backticks. */
export function withTyped(message: string): string {
  return message.replaceAll(/`leakwatch (.+?)`/g, (_whole, words: string) => `\`${typed(words)}\``);
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./:@%+=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
