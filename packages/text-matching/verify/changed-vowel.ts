/** German nouns whose plural changes the vowel: `Kränze` for Kranz. A name that is used as a name keeps its vowel. */
const UMLAUTS = /[äöü]/giu;

/** True if a spelling with an ending has an umlaut more than its German name. */
export function hasChangedVowel(name: string, language: string, spelling: string): boolean {
  return /^de\b/iu.test(language) && umlautsIn(spelling) > umlautsIn(name);
}

function umlautsIn(text: string): number {
  return text.normalize('NFC').match(UMLAUTS)?.length ?? 0;
}
