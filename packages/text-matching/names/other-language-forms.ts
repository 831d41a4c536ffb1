/** Spellings that depend on a name's script: in Latin letters, by sound, with a particle within. */
import { GAP, TRANSLITERATED, TYPO } from '../evidence/evidence.ts';
import { foldText } from '../fold/fold-text.ts';
import { hashWord } from '../hashing/word-hash.ts';
import { slotOf, zipfAt, type WordTable } from '../words/known-words.ts';
import { shareOfZipf } from '../words/word-share.ts';
import { partedHalves } from './halves.ts';
import { type Name } from './name.ts';
import { nameForm, type NameForm } from './name-form.ts';
import { readInJapanese, readInMandarin } from './read-han.ts';
import { romanised } from './romanised.ts';
import { sameSoundSpellings } from './same-sound.ts';

/** The least letters of a romanised name, and of a word in it that is in no list. */
const SHORTEST = 6;
const SHORTEST_RARE = 5;
/** Words of lists that meet less often than this (as a power of ten) are as telling. */
const UNLIKELY_WORDS = -11;

export function otherLanguageForms(
  { index, text, language, policy, isOrdinary }: Name,
  known: WordTable,
): NameForm[] {
  const isLatin = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(text);
  const accepts = (evidence: number) => (policy.accepted & evidence) !== 0;
  const latin =
    !isLatin && accepts(TRANSLITERATED) && !isOrdinary
      ? [...romanised(text, language), ...read(text, language)].filter((spelling) => isRare(spelling, known))
      : [];
  // The text differs in two letters, so a policy of no edits refuses it.
  const sounds = accepts(TYPO) && policy.maxEdits > 0 && !isOrdinary ? sameSoundSpellings(text) : [];
  const parted = !isLatin && accepts(GAP) && policy.near > 0 ? partedHalves(text) : [];
  return [
    ...latin.map((spelling) => nameForm(index, spelling, TRANSLITERATED)),
    ...sounds
      .filter((spelling) => isRare(spelling, known))
      .map((spelling) => nameForm(index, spelling, TYPO)),
    ...parted.map((spelling) => nameForm(index, spelling, GAP)),
  ].filter((form) => form !== undefined);
}

/** The readings of a name in Han characters. */
function read(name: string, language: string): string[] {
  if (language.startsWith('ja')) return readInJapanese(name);
  const pinyin = language.startsWith('zh') ? readInMandarin(name) : undefined;
  return pinyin === undefined ? [] : [pinyin];
}

/** True if a spelling is long enough, and some long word of it is in no list or its words hardly meet by chance. */
function isRare(spelling: string, known: WordTable): boolean {
  const words = spelling.split(/[^\p{L}\p{M}]+/u).map((word) => {
    const { symbols, length } = foldText(word);
    return symbols.slice(0, length);
  });
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  if (letters < SHORTEST) return false;
  const least = words.length === 1 ? SHORTEST : SHORTEST_RARE;
  const slots = words.map((word) => slotOf(known, hashWord(word, 0, word.length)));
  if (words.some((word, index) => word.length >= least && slots[index]! < 0)) return true;
  const often = slots.reduce((sum, slot) => sum + shareOfZipf(slot < 0 ? 0 : zipfAt(known, slot)), 0);
  return words.length > 1 && often <= UNLIKELY_WORDS;
}
