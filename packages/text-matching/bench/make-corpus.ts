/** Makes names and posts for benchmarks from a seed. The words of the posts are drawn from the table of known words by frequency. */
import { inflateRawSync } from 'node:zlib';
import table from '../tables/known-words.json' with { type: 'json' };

const SYLLABLES =
  'lu mo ra ve lo ti ka zen nor vik dra sel mir tan quo pha gre bos wyn cal der fin hal jun kor nex ost pri ryl sym tor ulm vex xan yor zul bri dal esk fro gil hex ira jol kem'.split(
    ' ',
  );
const SECOND_WORDS =
  'glow serum mist band one collection palette oil hour republic static club pack reset drop ultra protocol night forge ember'.split(
    ' ',
  );
/** The approximate length of a post in UTF-16 units. */
const POST_LENGTH = 117;
/** One post in this many holds a name, spelled plainly. */
const PLANTED_EVERY = 100;

export type Random = () => number;

/** A linear congruential generator (Numerical Recipes): 0 ≤ x < 1. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

function pick(list: readonly string[], random: Random): string {
  return list[Math.floor(random() * list.length)]!;
}

/** Makes distinct names of one to three words. Half begin with an invented word, half consist of ordinary ones. */
export function makeNames(count: number, random: Random): string[] {
  const ordinary = englishByFrequency().flatMap(({ zipf, words }) =>
    zipf >= 2.5 && zipf < 4.5 ? words : [],
  );
  const names = new Set<string>();
  while (names.size < count) {
    if (random() < 0.5) {
      names.add(`${pick(ordinary, random)} ${pick(ordinary, random)}`);
      continue;
    }
    const syllables = Array.from({ length: 3 + Math.floor(random() * 2) }, () =>
      pick(SYLLABLES, random),
    ).join('');
    const first = syllables.charAt(0).toUpperCase() + syllables.slice(1);
    const second = random() < 0.3 ? '' : ` ${pick(SECOND_WORDS, random)}`;
    const number = random() < 0.15 ? ` ${Math.floor(random() * 20)}` : '';
    names.add(first + second + number);
  }
  return [...names];
}

/** Makes posts of ordinary words. `planted` of them hold one of the names. */
export function makePosts(
  count: number,
  names: readonly string[],
  random: Random,
): { posts: string[]; planted: number } {
  const words = englishByFrequency();
  let planted = 0;
  const posts = Array.from({ length: count }, (_, index) => {
    const parts: string[] = [];
    let length = 0;
    while (length < POST_LENGTH) {
      const word = ordinaryWord(words, random);
      parts.push(word);
      length += word.length + 1;
    }
    if (names.length > 0 && index % PLANTED_EVERY === 0) {
      planted++;
      parts.splice(Math.floor(random() * parts.length), 0, pick(names, random));
    }
    return parts.join(' ');
  });
  return { posts, planted };
}

/** Draws a word as in posts: some are hashtags, handles or numbers, and some end a clause. */
function ordinaryWord(words: WordBands, random: Random): string {
  const word = pick(words[bandOf(words, random)]!.words, random);
  const kind = random();
  if (kind < 0.03) return `#${word}${pick(SECOND_WORDS, random)}`;
  if (kind < 0.05) return `@${word}`;
  if (kind < 0.07) return String(Math.floor(random() * 3000));
  if (kind < 0.08) return '😍';
  if (kind < 0.16) return `${word}${pick(['!', '.', ',', '…', '?'], random)}`;
  return kind < 0.3 ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

type WordBands = readonly {
  readonly zipf: number;
  readonly words: readonly string[];
  readonly share: number;
}[];

function bandOf(bands: WordBands, random: Random): number {
  let left = random();
  for (const [index, band] of bands.entries()) {
    left -= band.share;
    if (left < 0) return index;
  }
  return 0;
}

/** English words in bands of similar frequency, each with its share of running text. */
export function englishByFrequency(): WordBands {
  const english = table.languages.find((language) => language.language === 'en')!;
  const bands = inflateRawSync(Buffer.from(english.data, 'base64'))
    .toString('utf8')
    .split('\n')
    .map((line) => {
      const [group = '', coded = ''] = line.split('\t');
      const words: string[] = [];
      for (const code of coded.split(' ')) {
        words.push((words.at(-1) ?? '').slice(0, code.charCodeAt(0) - 65) + code.slice(1));
      }
      return { zipf: Number(group) / table.stepsPerZipf, words };
    });
  const weight = (band: (typeof bands)[number]) => band.words.length * 10 ** band.zipf;
  const total = bands.reduce((sum, band) => sum + weight(band), 0);
  return bands.map((band) => ({ ...band, share: weight(band) / total }));
}
