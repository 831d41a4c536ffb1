/** A Hindi word in Latin letters. The short a that nobody speaks is left out: चाँदनी is `chandni`, not `chandani`. */
import { schemeOf, type Piece } from './written-piece.ts';

const CONSONANTS = schemeOf(
  'क=k,c ख=kh ग=g घ=gh ङ=n च=ch छ=chh,ch ज=j झ=jh ञ=n ट=t ठ=th ड=d ढ=dh ण=n त=t थ=th द=d ध=dh न=n प=p फ=ph,f ब=b भ=bh म=m य=y र=r ल=l व=v,w श=sh ष=sh स=s ह=h',
);
const VOWELS = schemeOf(
  'अ=a आ=a इ=i ई=i,ee,ea उ=u ऊ=u,oo ऋ=ri ए=e ऐ=ai ओ=o औ=au ऑ=o ा=a ि=i ी=i,ee,ea ु=u ू=u,oo ृ=ri े=e ै=ai ो=o ौ=au ॉ=o',
);
/** A dot below that makes another consonant. */
const DOTTED: Readonly<Record<string, readonly string[]>> = { ज: ['z'], फ: ['f'], ड: ['r', 'd'], ढ: ['rh'] };
const VIRAMA = '्';
const NUKTA = '़';
const NASALS = 'ंँ';
const H = 'ह';
/** The a before it sounds like e: सुनहरी is `sunehri` or `sunahri`. */
const BEFORE_H: Piece = { group: 'before h', ways: ['a', 'e'] };

/** Consonants and the vowel behind them. */
interface Syllable {
  readonly onset: Piece[];
  vowel: Piece | undefined;
  /** True for the a that is spoken where no vowel is written. */
  isInherent: boolean;
  nasal: boolean;
}

/** The pieces of a word; undefined for a letter that has no spelling. */
export function devanagariChoices(word: string): (Piece | undefined)[] {
  const syllables: Syllable[] = [];
  let isJoined = false;
  for (const letter of word.normalize('NFD')) {
    const last = syllables.at(-1);
    const consonant = CONSONANTS.get(letter);
    const vowel = VOWELS.get(letter);
    if (consonant !== undefined) {
      const piece = { group: letter, ways: consonant };
      if (isJoined && last !== undefined) last.onset.push(piece);
      else syllables.push({ onset: [piece], vowel: undefined, isInherent: true, nasal: false });
      isJoined = false;
    } else if (letter === VIRAMA) isJoined = true;
    else if (letter === NUKTA && last !== undefined) {
      const own = last.onset.pop();
      last.onset.push({
        group: `${own?.group ?? ''}${NUKTA}`,
        ways: DOTTED[own?.group ?? ''] ?? own?.ways ?? [],
      });
    } else if (NASALS.includes(letter) && last !== undefined) last.nasal = true;
    else if (vowel === undefined) return [undefined];
    else if (/\p{L}/u.test(letter) || last === undefined) {
      syllables.push({ onset: [], vowel: vowelPiece(vowel), isInherent: false, nasal: false });
    } else Object.assign(last, { vowel: vowelPiece(vowel), isInherent: false });
  }
  const isSilent = silentVowels(syllables);
  return syllables.flatMap(({ onset, vowel, isInherent, nasal }, index) => {
    const isLast = index + 1 === syllables.length;
    // A long vowel at the end is mostly written short.
    const ending = isLast && vowel !== undefined ? { group: 'end', ways: vowel.ways.slice(0, 2) } : vowel;
    const own = syllables[index + 1]?.onset[0]?.group === H ? BEFORE_H : { group: '', ways: ['a'] };
    const spoken = isInherent ? (isSilent[index] ? [] : [own]) : [ending];
    return [...onset, ...spoken, ...(nasal && !isLast ? [{ group: '', ways: ['n'] }] : [])];
  });
}

function vowelPiece(ways: readonly string[]): Piece {
  return { group: ways.join(), ways };
}

/** An inherent a is silent at the end, and between two syllables with vowels. */
function silentVowels(syllables: readonly Syllable[]): boolean[] {
  const silent = syllables.map(() => false);
  for (let at = syllables.length - 1; at > 0; at--) {
    const { isInherent, onset, nasal } = syllables[at]!;
    if (!isInherent || nasal) continue;
    const isEnd = at + 1 === syllables.length;
    const isBetween =
      !isEnd && !silent[at + 1]! && onset.length === 1 && syllables[at + 1]!.onset.length === 1;
    silent[at] = isEnd || isBetween;
  }
  return silent;
}
