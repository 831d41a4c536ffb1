/** A regex that a person wrote, on an engine (RE2's) whose time is linear in the text whatever the pattern. */
import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { QueryError } from './query-error.ts';
import { type RegexLeaf } from './query.ts';

/** Instructions of the compiled pattern; each is one step a character at the worst. */
const LARGEST_PROGRAM = 500;
/** Texts in which a pattern that can match nothing at all does so. */
const EMPTY_PROBES = ['', 'a', ' ', 'a a', '1', '\n'];
/** Later matches in the same text are not looked for: they could each cost a walk to its end. */
const MOST_MATCHES = 16;

export interface UserRegex {
  /** The pattern with its flags written inside. */
  readonly source: string;
  readonly engine: RE2JS;
}

/** @throws QueryError naming the place in the query and a way out */
export function compileUserRegex(leaf: RegexLeaf): UserRegex {
  const engine = compile(leaf);
  if (engine.programSize() > LARGEST_PROGRAM) {
    throw new QueryError(
      leaf.position,
      `the regex compiles to ${engine.programSize()} steps, more than ${LARGEST_PROGRAM}; repeat less (\`{1,200}\` → \`+\`) or write two queries`,
    );
  }
  if (EMPTY_PROBES.some((probe) => matchesOf(engine, probe).some(([from, to]) => from === to))) {
    throw new QueryError(
      leaf.position,
      'the regex also matches nothing at all, so it would take every post; let it need a letter (`+` for `*`, no `?` around all of it)',
    );
  }
  return { source: regexSource(leaf), engine };
}

/** Two leaves with the same source are the same regex. */
export function regexSource({ pattern, exactCase }: RegexLeaf): string {
  return exactCase ? pattern : `(?i)${pattern}`;
}

/** Start and end, in UTF-16 units, of the first matches that are not empty. */
export function findRegex(regex: UserRegex, text: string): [number, number][] {
  return matchesOf(regex.engine, text).filter(([from, to]) => from < to);
}

function matchesOf(engine: RE2JS, text: string): [number, number][] {
  const matcher = engine.matcher(text);
  const matches: [number, number][] = [];
  while (matches.length < MOST_MATCHES && matcher.find()) matches.push([matcher.start(), matcher.end()]);
  return matches;
}

function compile(leaf: RegexLeaf): RE2JS {
  try {
    return RE2JS.compile(leaf.pattern, leaf.exactCase ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw refusal(leaf, error);
  }
}

/** The engine's errors for patterns that it can't read, and the spelling that works. */
const WAYS_OUT: readonly (readonly [RegExp, string])[] = [
  [
    /Perl syntax: `\(\?[=!]|named capture: `\(\?<[=!]/,
    'look-around needs more than linear time; say it outside, with AND, NOT or NEAR',
  ],
  [/escape sequence: `\\\d/, 'back references need more than linear time; write both parts out'],
  [/Perl syntax/, 'known are `(?:…)`, `(?P<name>…)` and the flags `(?i)`, `(?s)`, `(?m)`'],
  [/escape sequence/, 'only signs and the known classes (\\w \\d \\s \\b \\p{L} …) take a backslash'],
  [
    /missing closing \]/,
    'close it with `]`, or write `\\[` for the sign itself; a `/` inside is written `\\/`',
  ],
  [
    /missing closing \)/,
    'close it with `)`, or write `\\(` for the sign itself; a `/` inside is written `\\/`',
  ],
  [/unexpected \)/, 'open it with `(`, or write `\\)` for the sign itself'],
  [/missing argument/, 'it has nothing to repeat; put a backslash before it for the sign itself'],
  [/nested repetition/, 'repeat once; possessive `++` is not known and not needed'],
  [/repeat count/, 'count from the smaller to the larger, up to 1000 in all'],
  [/class range/, 'write ranges from low to high, and classes as `\\p{Greek}` or `[[:alpha:]]`'],
  [/trailing backslash/, 'for the sign itself write `\\\\`'],
];

function refusal(leaf: RegexLeaf, error: RE2JSException): QueryError {
  const isSyntax = error instanceof RE2JSSyntaxException;
  const part = isSyntax ? error.getPattern() : null;
  const at = part === null ? -1 : leaf.pattern.indexOf(part);
  const message = error.message.replace('error parsing regexp: ', '');
  const way = WAYS_OUT.find(([sign]) => sign.test(message))?.[1];
  // The pattern begins behind the opening slash.
  const position = leaf.position + 1 + Math.max(0, at);
  return new QueryError(position, `regex: ${message}${way === undefined ? '' : `; ${way}`}`);
}
