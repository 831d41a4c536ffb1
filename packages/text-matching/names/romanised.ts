/** A name in Cyrillic, Greek, Arabic or Devanagari in Latin letters, by the schemes that people use on a keyboard. */
import { arabicChoices } from './romanised-arabic.ts';
import { loanWord } from './loan-words.ts';
import { devanagariChoices } from './romanised-devanagari.ts';
import { schemeOf, type Piece, type Scheme } from './written-piece.ts';

const MOST_SPELLINGS = 24;
/** Arabic leaves out short vowels, so a name has many more. */
const MOST_OF_ARABIC = 200;
/** A word from English is mostly spelled as in English, so few spellings by sound are kept. */
const MOST_OF_LOAN = 5;

// A repeated letter is found anyway: `yy` for `y`.
const CYRILLIC = schemeOf(
  'ый=y,yi,iy,yj ий=iy,ii,y,ij й=y,i,j х=kh,h ю=yu,iu я=ya,ia ё=yo,e щ=shch,sch ц=ts,c ж=zh ч=ch ш=sh ы=y,i э=e ь=- ъ=- ' +
    'а=a б=b в=v г=g д=d е=e з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f і=i ї=yi,i є=ye,ie ґ=g ў=u',
);
const UKRAINIAN: Scheme = new Map([...CYRILLIC, ...schemeOf('ий=yi,y и=y г=h,g')]);
const GREEK = schemeOf(
  'ου=ou,u ει=ei,i οι=oi,i αι=ai,e αυ=av,af ευ=ev,ef μπ=b,mp ντ=d,nt γκ=g,gk γγ=ng η=i,h φ=f,ph ω=o,w χ=ch,h,x υ=y,i ' +
    'α=a β=v γ=g δ=d ε=e ζ=z θ=th ι=i κ=k λ=l μ=m ν=n ξ=x,ks ο=o π=p ρ=r σ=s ς=s τ=t ψ=ps',
);

/** The spellings of a name; none if no word has such letters, or one has a letter without a spelling. */
export function romanised(name: string, language: string): string[] {
  let isRomanised = false;
  const pieces: Piece[] = [];
  for (const part of name.split(/([^\p{L}\p{M}]+)/u)) {
    const read = piecesOf(part, language);
    if (read?.includes(undefined) === true) return [];
    if (read !== undefined) isRomanised = true;
    pieces.push(...(read ?? [plain(part)]).filter((piece) => piece !== undefined));
  }
  if (!isRomanised) return [];
  return choices(pieces, /\p{Script=Arabic}/u.test(name) ? MOST_OF_ARABIC : MOST_SPELLINGS);
}

/** Every choice of one way for each group. A group keeps as many of its first ways as there is room for. */
function choices(pieces: readonly Piece[], most = MOST_SPELLINGS): string[] {
  let chosen: ReadonlyMap<string, string>[] = [new Map()];
  for (const [group, ways] of new Map(pieces.map((piece) => [piece.group, piece.ways]))) {
    // Pieces without a group have one way.
    if (group === '') continue;
    const taken = ways.slice(0, Math.max(1, Math.floor(most / chosen.length)));
    chosen = chosen.flatMap((before) => taken.map((way) => new Map([...before, [group, way]])));
  }
  const spellings = chosen.map((choice) =>
    pieces.map(({ group, ways }) => choice.get(group) ?? ways[0] ?? '').join(''),
  );
  return [...new Set(spellings)];
}

/** The pieces of a word in one of the scripts; undefined for any other word. */
function piecesOf(word: string, language: string): (Piece | undefined)[] | undefined {
  const lower = word.toLowerCase().normalize('NFC');
  if (/^\p{Script=Cyrillic}+$/u.test(lower))
    return lettersOf(lower, language.startsWith('uk') ? UKRAINIAN : CYRILLIC);
  if (/^\p{Script=Arabic}[\p{Script=Arabic}\p{Mn}]*$/u.test(lower)) return arabicChoices(lower);
  const bare = lower.normalize('NFD').replace(/\p{Mn}/gu, '');
  if (/^\p{Script=Greek}+$/u.test(bare)) return lettersOf(bare, GREEK);
  if (!/^\p{Script=Devanagari}+$/u.test(lower)) return undefined;
  const read = devanagariChoices(lower);
  const loan = loanWord(lower);
  if (loan === undefined || read.includes(undefined)) return read;
  const spelled = choices(read.filter((piece) => piece !== undefined)).slice(0, MOST_OF_LOAN);
  return [{ group: lower, ways: [loan, ...spelled] }];
}

function lettersOf(word: string, letters: Scheme): (Piece | undefined)[] {
  const pieces: (Piece | undefined)[] = [];
  for (let at = 0; at < word.length;) {
    const pair = word.slice(at, at + 2);
    const group = letters.has(pair) ? pair : word.charAt(at);
    const ways = letters.get(group);
    pieces.push(ways === undefined ? undefined : { group, ways });
    at += group.length;
  }
  return pieces;
}

function plain(text: string): Piece {
  return { group: '', ways: [text] };
}
