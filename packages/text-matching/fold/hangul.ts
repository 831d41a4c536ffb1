const FIRST = 0xac00;
const TAILS = 28;
const SYLLABLES_OF_A_LEAD = 21 * TAILS;
const LEAD_LETTERS = units('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ');
const VOWEL_FIRST = 0x314f;
const TAIL_LETTERS = units('\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ');

function units(text: string): Int32Array {
  return Int32Array.from(Array.from(text, (letter) => letter.charCodeAt(0)));
}

/** Writes the two or three letters of a Hangul syllable to `into` (Unicode's arithmetic decomposition); 0 for a missing third. */
export function hangulLetters(syllable: number, into: Int32Array): Int32Array {
  const index = syllable - FIRST;
  into[0] = LEAD_LETTERS[Math.floor(index / SYLLABLES_OF_A_LEAD)]!;
  into[1] = VOWEL_FIRST + Math.floor((index % SYLLABLES_OF_A_LEAD) / TAILS);
  into[2] = TAIL_LETTERS[index % TAILS]!;
  return into;
}

export function isHangulLetter(symbol: number): boolean {
  return symbol >= 0x3131 && symbol <= 0x3163;
}
