import { plainSigns } from './query-signs.ts';
import { type RegexLeaf, type WordsLeaf } from './query.ts';

/** Finds an emoji or a sign however it is drawn: in colour or black, with any skin. */
export function pictureRegex({ text, position }: WordsLeaf): RegexLeaf {
  const points = Array.from(plainSigns(text).replace(/\s+/gu, ''));
  const pattern = points
    .map((point) => `\\x{${point.codePointAt(0)!.toString(16)}}`)
    .join('[\\x{FE0E}\\x{FE0F}\\x{1F3FB}-\\x{1F3FF}\\s]{0,2}');
  return { type: 'regex', pattern, exactCase: true, position };
}
