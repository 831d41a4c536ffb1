import { type FileProblem } from './file-problem.ts';

/** Control characters but tab and line ends, halves of surrogate pairs, and U+FFFD: no word of a post holds them. */
const FORBIDDEN = /(?![\t\n\r\u0085])[\p{Cc}\p{Cs}\uFFFD]/u;

/** Characters that no text of the database and no UTF-8 holds. */
const UNKEEPABLE = /[\0\p{Cs}]/u;

/** A file in another encoding has thousands of them; the first lines show the cause. */
const LINES_NAMED = 10;

export interface ForbiddenCharacter {
  /** Its offset in the text. */
  readonly index: number;
  readonly message: string;
}

export function findForbiddenCharacter(text: string): ForbiddenCharacter | null {
  return find(FORBIDDEN, text);
}

/** Finds U+0000 or half a surrogate pair, for a text that is kept and not matched against posts. */
export function findUnkeepableCharacter(text: string): ForbiddenCharacter | null {
  return find(UNKEEPABLE, text);
}

function find(characters: RegExp, text: string): ForbiddenCharacter | null {
  const found = characters.exec(text);
  return found === null ? null : { index: found.index, message: describe(found[0]) };
}

/** Finds the first forbidden character of each line, up to a bound. */
export function findForbiddenCharacters(text: string): ForbiddenCharacter[] {
  const found: ForbiddenCharacter[] = [];
  if (!FORBIDDEN.test(text)) return found;
  let start = 0;
  for (const line of text.split('\n')) {
    const first = findForbiddenCharacter(line);
    if (first !== null) found.push({ ...first, index: start + first.index });
    if (found.length === LINES_NAMED) break;
    start += line.length + 1;
  }
  return found;
}

/** Finds the same with their places, for a file that is not YAML. */
export function findTextProblems(text: string): FileProblem[] {
  return findForbiddenCharacters(text).map(({ index, message }) => {
    const before = text.slice(0, index).split('\n');
    const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
    return { place, path: [], message };
  });
}

function describe(character: string): string {
  const codePoint = character.charCodeAt(0);
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  if (codePoint === 0xfffd) {
    return `not UTF-8, or ${name}, which stands for a character that was lost: save the file as UTF-8`;
  }
  if (codePoint >= 0xd800) return `${name} is half a surrogate pair and no character`;
  return `the control character ${name} is not allowed`;
}
