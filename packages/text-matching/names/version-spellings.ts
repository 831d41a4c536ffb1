/** Other spellings of a version or generation: `Mark II` as `Mk 2`, `2nd gen` as `Gen 2`, `v2.1` as `version 2.1`. */
import { cardinalsOf, numeralValue, ordinalsOf } from './numerals.ts';

const NUMERAL = String.raw`(?:\d{1,2}|[ivx]+|[a-z]+)`;
const ORDINAL = 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth';
/** A name with a plain number behind it, which may be its generation. */
const NUMBERED = /^(.*\p{L}{3,})\s(\d{1,2})$/u;
const MARK = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:mark|mk)\.?\s?(${NUMERAL})(?![\p{L}\p{N}])`, 'iu');
const GENERATION = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(\d{1,2}(?:st|nd|rd|th)|${ORDINAL})[\s-]+gen(?:eration)?|gen(?:eration)?\s?(${NUMERAL}))(?![\p{L}\p{N}])`,
  'iu',
);
const VERSION = /(?<=[\p{L}\p{N}].*\s)(?:v(?:er(?:sion)?)?\.?\s?(\d+(?:\.\d+)*)|(\d+(?:\.\d+)+))$/iu;

/** Returns the other spellings; none if the name holds no version. */
export function versionSpellings(name: string): string[] {
  const others = [
    ...replaced(name, MARK, ([, numeral]) => {
      const value = numeralValue(numeral!);
      return value === 0
        ? []
        : ['mark', 'mk'].flatMap((head) => cardinalsOf(value).map((own) => `${head} ${own}`));
    }),
    ...replaced(name, GENERATION, ([, ordinal, cardinal]) => {
      const value = numeralValue((ordinal ?? cardinal)!);
      return value === 0 ? [] : generationsOf(value);
    }),
    ...generationOnOtherSide(name),
    ...replaced(name, VERSION, ([, marked, plain]) => {
      const figures = (marked ?? plain)!;
      return [figures, `v${figures}`, `version ${figures}`];
    }),
  ];
  return [...new Set(others)].filter((other) => other !== name);
}

/** `third-gen Torvane` for `Torvane Gen 3`, and the other way round. */
function generationOnOtherSide(name: string): string[] {
  const found = GENERATION.exec(name);
  const value = found === null ? 0 : numeralValue((found[1] ?? found[2])!);
  if (found === null) return numberedGenerations(name);
  if (value === 0) return [];
  const [before, behind] = [name.slice(0, found.index), name.slice(found.index + found[0].length)].map(
    (part) => part.trim(),
  );
  // Between two words there is no other side.
  if (before === '') return generationsOf(value).map((own) => `${behind!} ${own}`);
  return behind === '' ? generationsOf(value).map((own) => `${own} ${before!}`) : [];
}

/** `third gen Torvane` and `Torvane third gen` for `Torvane 3`. */
function numberedGenerations(name: string): string[] {
  const [, base = '', figures = ''] = NUMBERED.exec(name) ?? [];
  const value = numeralValue(figures);
  if (value === 0) return [];
  return ['gen', 'generation'].flatMap((word) =>
    ordinalsOf(value).flatMap((own) => [`${own} ${word} ${base}`, `${base} ${own} ${word}`]),
  );
}

function generationsOf(value: number): string[] {
  return ['gen', 'generation'].flatMap((word) => [
    ...ordinalsOf(value).map((own) => `${own} ${word}`),
    ...cardinalsOf(value).map((own) => `${word} ${own}`),
  ]);
}

function replaced(
  name: string,
  pattern: RegExp,
  spell: (found: RegExpExecArray) => readonly string[],
): string[] {
  const found = pattern.exec(name);
  if (found === null) return [];
  const [before, behind] = [name.slice(0, found.index), name.slice(found.index + found[0].length)];
  return spell(found).map((spelling) => `${before}${spelling}${behind}`);
}
