/** Hiragana in Latin letters by Hepburn's scheme, and back. */

const ROWS =
  'あ=a い=i う=u え=e お=o か=ka き=ki く=ku け=ke こ=ko が=ga ぎ=gi ぐ=gu げ=ge ご=go さ=sa し=shi す=su せ=se そ=so ざ=za じ=ji ず=zu ぜ=ze ぞ=zo ' +
  'た=ta ち=chi つ=tsu て=te と=to だ=da ぢ=ji づ=zu で=de ど=do な=na に=ni ぬ=nu ね=ne の=no は=ha ひ=hi ふ=fu へ=he ほ=ho ば=ba び=bi ぶ=bu べ=be ぼ=bo ' +
  'ぱ=pa ぴ=pi ぷ=pu ぺ=pe ぽ=po ま=ma み=mi む=mu め=me も=mo や=ya ゆ=yu よ=yo ら=ra り=ri る=ru れ=re ろ=ro わ=wa を=o ん=n ゔ=vu';
const LARGE: ReadonlyMap<string, string> = new Map(
  ROWS.split(' ').map((pair): [string, string] => [pair.charAt(0), pair.slice(2)]),
);
/** A small vowel replaces that of the letter before: ふぁ is fa, しゃ is sha. */
const SMALL: ReadonlyMap<string, string> = new Map([
  ...['ぁa', 'ぃi', 'ぅu', 'ぇe', 'ぉo'].map((pair): [string, string] => [pair.charAt(0), pair.slice(1)]),
  ...['ゃya', 'ゅyu', 'ょyo'].map((pair): [string, string] => [pair.charAt(0), pair.slice(1)]),
]);
const KATAKANA_OFFSET = 0x60;

const kanaOf: ReadonlyMap<string, string> = new Map([
  ...[...LARGE]
    .filter(([kana]) => !'ぢづを'.includes(kana))
    .map(([kana, letters]): [string, string] => [letters, kana]),
  ...[...LARGE].flatMap(([kana, letters]) =>
    letters.endsWith('i') && letters.length > 1 && !'ぢ'.includes(kana)
      ? [...SMALL].flatMap(([small, vowel]): [string, string][] =>
          vowel.startsWith('y') ? [[joined(letters, vowel), kana + small]] : [],
        )
      : [],
  ),
]);

/** A reading in Latin letters as hiragana; undefined if some letters are no syllable. */
export function toHiragana(letters: string): string | undefined {
  let kana = '';
  for (let at = 0; at < letters.length;) {
    const isDouble = letters.charAt(at) === letters.charAt(at + 1) && !'aeioun'.includes(letters.charAt(at));
    if (isDouble || letters.startsWith('tch', at)) {
      kana += 'っ';
      at++;
      continue;
    }
    const size = [3, 2, 1].find((length) => kanaOf.has(letters.slice(at, at + length)));
    if (size === undefined) return undefined;
    kana += kanaOf.get(letters.slice(at, at + size)) ?? '';
    at += size;
  }
  return kana;
}

export function isKana(text: string): boolean {
  return /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u.test(text);
}

/** Kana in Latin letters, without the signs of long vowels; undefined for a letter that has no spelling. */
export function toLatin(kana: string): string | undefined {
  let letters = '';
  let isDouble = false;
  for (const own of kana.normalize('NFKC')) {
    const letter =
      own >= 'ァ' && own <= 'ヴ' ? String.fromCharCode(own.charCodeAt(0) - KATAKANA_OFFSET) : own;
    if (letter === 'ー') continue;
    if (letter === 'っ') {
      isDouble = true;
      continue;
    }
    const small = SMALL.get(letter);
    if (small !== undefined) {
      letters = joined(letters, small);
      continue;
    }
    const large = LARGE.get(letter);
    if (large === undefined) return undefined;
    letters += isDouble ? (large.startsWith('ch') ? 't' : large.charAt(0)) + large : large;
    isDouble = false;
  }
  return letters;
}

/** Puts a small vowel in the place of the last one: shi and ya are sha, ki and ya are kya. */
function joined(letters: string, small: string): string {
  const stem = letters.slice(0, -1);
  return /(?:sh|ch|j)$/.test(stem) && small.startsWith('y') ? stem + small.slice(1) : stem + small;
}
