import { Lexer } from 'yaml';

/** A tag or a directive. */
export interface Mark {
  readonly offset: number;
  readonly source: string;
}

/** Far deeper than any schema of ours; the parser overflows the stack some hundreds of levels deep. */
const DEEPEST = 64;

/** The lexer's own signs: begin of a document, flow error, begin of a scalar. They are no part of the text. */
const SIGNS = ['\u0002', '\u0018', '\u001f'];

/** Finds tags and directives in their order, and the place from which a text is nested too deep to be parsed. */
export function scanLexemes(text: string): { marks: Mark[]; tooDeepAt: number | null } {
  const marks: Mark[] = [];
  let offset = 0;
  let flows = 0;
  let dashes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('!') || lexeme.startsWith('%')) marks.push({ offset, source: lexeme });
    if (lexeme === '[' || lexeme === '{') flows += 1;
    if (lexeme === ']' || lexeme === '}') flows -= 1;
    // `- - -` nests lists within one line.
    if (lexeme === '-' || lexeme === '?') dashes += 1;
    if (lexeme.startsWith('\n')) dashes = 0;
    if (Math.max(flows, dashes) > DEEPEST) return { marks, tooDeepAt: offset };
    if (!SIGNS.includes(lexeme)) offset += lexeme.length;
  }
  return { marks, tooDeepAt: null };
}
