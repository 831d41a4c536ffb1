import { findForbiddenCharacter } from '@leakwatch/contracts';
import { checkStrings, type StringProblem } from '../check-strings.ts';
import { type EditedList } from './apply-edits.ts';

/** Finds the characters for which a file is refused: no word of a post holds them. */
export function findForbidden(list: EditedList): StringProblem[] {
  return checkStrings(list, findForbiddenCharacter);
}
