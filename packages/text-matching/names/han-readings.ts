/** How Han characters are read in Japanese and in Mandarin. */
import { foldText } from '../fold/fold-text.ts';
import table from '../tables/han-readings.json' with { type: 'json' };
import { toHiragana } from './kana.ts';

/** The readings of each character in hiragana: Japanese words, and those taken from Chinese. */
export interface JapaneseReadings {
  readonly kun: ReadonlyMap<string, readonly string[]>;
  readonly on: ReadonlyMap<string, readonly string[]>;
}

let japanese: JapaneseReadings | undefined;
let mandarin: ReadonlyMap<string, readonly string[]> | undefined;

/** Reads the table on the first call. */
export function japaneseReadings(): JapaneseReadings {
  japanese ??= { kun: byCharacter(table.kun, toHiragana), on: byCharacter(table.on, toHiragana) };
  return japanese;
}

/** The syllable of a character in Mandarin, without its tone. */
export function mandarinSyllable(character: string): string | undefined {
  mandarin ??= byCharacter(table.mandarin, (syllable) => syllable);
  // The table has the simplified form, to which the fold brings all.
  return (mandarin.get(character) ?? mandarin.get(foldedForm(character)))?.[0];
}

function foldedForm(character: string): string {
  return String.fromCodePoint(foldText(character).symbols[0] ?? 0);
}

function byCharacter(
  groups: Readonly<Record<string, string>>,
  spelled: (reading: string) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const readings = new Map<string, string[]>();
  for (const [reading, characters] of Object.entries(groups)) {
    const own = spelled(reading);
    if (own === undefined) continue;
    for (const character of characters) readings.set(character, [...(readings.get(character) ?? []), own]);
  }
  return readings;
}
