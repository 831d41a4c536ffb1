/** Vowels of the alphabets that people shorten words in (`vlr mst`), folded. */
const VOWELS = new Set(Array.from('aeiouаеиоуыэюяαεηιουω', (vowel) => vowel.charCodeAt(0)));

export function isVowel(symbol: number): boolean {
  return VOWELS.has(symbol);
}
