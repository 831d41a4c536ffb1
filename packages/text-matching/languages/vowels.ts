/** Folded vowels of the alphabets in which people drop vowels (`vlr mst`). */
const VOWELS = new Set(Array.from('aeiouаеиоуыэюяαεηιουω', (vowel) => vowel.charCodeAt(0)));

export function isVowel(symbol: number): boolean {
  return VOWELS.has(symbol);
}
