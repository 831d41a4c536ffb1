/** `?` is one letter or figure, `*` any number of them, none too. */
export type Wildcards = readonly string[];

/** Returns true if a pattern matches a whole word. Time is bounded by the product of their lengths. */
export function matchesWildcards(pattern: Wildcards, word: readonly string[]): boolean {
  let at = 0;
  let letter = 0;
  let star = -1;
  let resume = 0;
  while (letter < word.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++;
      resume = letter;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === word[letter])) {
      at++;
      letter++;
    } else if (star >= 0) {
      at = star + 1;
      letter = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
