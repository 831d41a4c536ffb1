/** A name in Han characters as people read it: 月影パレット as つきかげパレット and tsukikage palette, 流光面霜 as liuguang mianshuang. */
import { japaneseReadings, mandarinSyllable } from './han-readings.ts';
import { isKana, toLatin } from './kana.ts';
import { loanWord } from './loan-words.ts';

const MOST_SPELLINGS = 16;
/** A shorter reading is met in ordinary words. */
const FEWEST_KANA = 6;
const FEWEST_SYLLABLES = 3;
const FEWEST_LETTERS = 8;

/** Letters with a dot, for the first one of a word behind another: そら in よぞら. */
const VOICED: ReadonlyMap<string, string> = new Map(
  'かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はば ひび ふぶ へべ ほぼ'
    .split(' ')
    .map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)]),
);

/** The readings of a Japanese name, in kana and in Latin letters; none for one without Han characters or with any other letters. */
export function readInJapanese(name: string): string[] {
  const runs =
    name.normalize('NFKC').match(/\p{Script=Han}+|\p{Script=Hiragana}+|[\p{Script=Katakana}ー]+|\s+/gu) ?? [];
  if (runs.join('') !== name.normalize('NFKC')) return [];
  let readings: string[][] = [[]];
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]!;
    const next = runs[at + 1] ?? '';
    const own = /\p{Script=Han}/u.test(run)
      ? readRun(run, /^\p{Script=Hiragana}/u.test(next) ? next : '')
      : [run];
    readings = readings
      .flatMap((before) => own.map((reading) => [...before, reading]))
      .slice(0, MOST_SPELLINGS);
  }
  const isLong = (parts: readonly string[]) => parts.join('').trim().length >= FEWEST_KANA;
  const isRead = runs.some((run) => /\p{Script=Han}/u.test(run));
  return readings
    .filter(isLong)
    .flatMap((parts) => [...(isRead ? [parts.join('')] : []), ...inLatin(parts, runs)]);
}

/** The readings of neighbouring characters: all as Japanese words, or all as words from Chinese. Hiragana behind them end a word: 降る. */
function readRun(run: string, ending: string): string[] {
  const { kun, on } = japaneseReadings();
  const characters = Array.from(run);
  const words = characters.map((character, place) => {
    const isLast = place + 1 === characters.length;
    const own = (kun.get(character) ?? []).flatMap((reading) => withoutEnding(reading, isLast ? ending : ''));
    return withVoiced(own, place);
  });
  const sounds = characters.map((character, place) => withVoiced(on.get(character) ?? [], place));
  return [...new Set([...combined(words), ...combined(sounds)])];
}

/** A word without the hiragana that the name writes. */
function withoutEnding(reading: string, ending: string): string[] {
  for (let size = Math.min(ending.length, reading.length - 1); size > 0; size--) {
    if (reading.endsWith(ending.slice(0, size))) return [reading.slice(0, -size)];
  }
  return [reading];
}

/** Behind another word, the first letter may be voiced. */
function withVoiced(readings: readonly string[], place: number): string[] {
  const voiced = readings.flatMap((reading) => {
    const first = VOICED.get(reading.charAt(0));
    return first === undefined ? [] : [first + reading.slice(1)];
  });
  return place === 0 ? [...readings] : [...readings, ...voiced];
}

function combined(choices: readonly (readonly string[])[]): string[] {
  let all = [''];
  for (const own of choices) {
    all = all.flatMap((before) => own.map((reading) => before + reading)).slice(0, MOST_SPELLINGS);
  }
  return all;
}

/** The reading in Latin letters. Each run of one script is a word, and a word from English is spelled as such. */
function inLatin(readings: readonly string[], runs: readonly string[]): string[] {
  const words = readings.map((reading, at) => {
    const run = runs[at] ?? '';
    const isEnding = /^\p{Script=Hiragana}/u.test(run) && /\p{Script=Han}$/u.test(runs[at - 1] ?? '');
    const latin = /^\s/.test(reading)
      ? ''
      : (loanWord(run) ?? (isKana(reading) ? toLatin(reading) : undefined));
    return { latin, isEnding };
  });
  if (words.some(({ latin }) => latin === undefined)) return [];
  return [
    words
      .map(({ latin = '', isEnding }) => (isEnding ? latin : ` ${latin}`))
      .join('')
      .trim(),
  ];
}

/** A Chinese name in pinyin without tones; undefined for a short one, and for one with any other letters. */
export function readInMandarin(name: string): string | undefined {
  const characters = Array.from(name);
  if (characters.length < FEWEST_SYLLABLES || !/^\p{Script=Han}+$/u.test(name)) return undefined;
  const syllables = characters.map(mandarinSyllable);
  if (syllables.some((syllable) => syllable === undefined)) return undefined;
  return syllables.join('').length < FEWEST_LETTERS ? undefined : syllables.join(' ');
}
