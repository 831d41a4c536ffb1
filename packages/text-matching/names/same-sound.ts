/** Korean spellings of the same sound: 쿡히 is spoken as 쿠키. */

const FIRST = 0xac00;
const TAILS = 28;
const SYLLABLES_OF_A_LEAD = 21 * TAILS;
const H = 18;
/** The tail of a syllable, and the lead that is spoken where ㅎ follows it: ㄱ ㄷ ㅂ ㅈ become ㅋ ㅌ ㅍ ㅊ. */
const ASPIRATED: readonly (readonly [number, number])[] = [
  [1, 15],
  [7, 16],
  [17, 17],
  [22, 14],
];
/** A shorter name has ordinary words as such spellings. */
const FEWEST_SYLLABLES = 3;

/** Spellings in which two syllables are written as they are not in the name, one pair in each. */
export function sameSoundSpellings(name: string): string[] {
  const letters = Array.from(name.normalize('NFC'));
  if (letters.filter(isSyllable).length < FEWEST_SYLLABLES) return [];
  return letters.flatMap((letter, at) => {
    const before = letters[at - 1];
    if (before === undefined || !isSyllable(before) || !isSyllable(letter)) return [];
    const pair = otherPair(before, letter);
    return pair === undefined ? [] : [letters.toSpliced(at - 1, 2, ...pair).join('')];
  });
}

function isSyllable(letter: string): boolean {
  return letter >= '가' && letter <= '힣';
}

function otherPair(before: string, letter: string): [string, string] | undefined {
  const first = before.charCodeAt(0) - FIRST;
  const second = letter.charCodeAt(0) - FIRST;
  const tail = first % TAILS;
  const lead = Math.floor(second / SYLLABLES_OF_A_LEAD);
  const [ownTail, ownLead] =
    ASPIRATED.find(([held, spoken]) => (tail === 0 ? lead === spoken : lead === H && tail === held)) ?? [];
  if (ownTail === undefined || ownLead === undefined) return undefined;
  const isSpoken = tail === 0;
  return [
    String.fromCharCode(FIRST + first - tail + (isSpoken ? ownTail : 0)),
    String.fromCharCode(
      FIRST + (second % SYLLABLES_OF_A_LEAD) + (isSpoken ? H : ownLead) * SYLLABLES_OF_A_LEAD,
    ),
  ];
}
