/** Look-alike letters in the fixtures' disguised leaks: a rough second opinion, independent of the text engine. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  с: 'c',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
};

/** Reduces a text to lower-case letters and digits, without marks and disguises; kana become hiragana. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[аеос0134]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** Tells whether two thirds of a name's letter pairs are in the text; every disguise keeps that many. */
export function looksAlike(text: string, name: string): boolean {
  const [inText, ofName] = [plainLetters(text), plainLetters(name)];
  const pairs = Array.from({ length: ofName.length - 1 }, (_, at) => ofName.slice(at, at + 2));
  return pairs.filter((pair) => inText.includes(pair)).length >= (pairs.length * 2) / 3;
}
