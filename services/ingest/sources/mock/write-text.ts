import { type SeededRandom } from './seeded-random.ts';
import { EMOJI, PHRASEBOOKS, type Phrasebook } from './sentences.ts';

export const LANGUAGES: readonly string[] = [...PHRASEBOOKS.keys()];

/** Writes one to three sentences in a creator's style; one of them mentions `name`, if given. */
export function writeText(lang: string, name: string | null, random: SeededRandom): string {
  const book = phrasebookOf(lang);
  const sentences = random
    .sample(book.sentences, random.integer(1, name === null ? 3 : 2))
    .map((sentence) => fillIn(sentence, book, random));
  if (name !== null) {
    const mention = fillIn(random.pick(book.mentions), book, random).replace('{name}', name);
    sentences.splice(random.integer(0, sentences.length), 0, mention);
  }
  if (random.chance(0.5)) sentences.push(random.pick(EMOJI));
  if (random.chance(0.4)) sentences.push(random.pick(book.tags));
  return sentences.join(random.chance(0.2) ? '\n' : ' ');
}

function fillIn(sentence: string, book: Phrasebook, random: SeededRandom): string {
  return sentence
    .replace('{thing}', random.pick(book.things))
    .replace('{place}', random.pick(book.places))
    .replace('{time}', random.pick(book.times));
}

function phrasebookOf(lang: string): Phrasebook {
  const book = PHRASEBOOKS.get(lang);
  if (book === undefined) throw new RangeError(`no phrasebook for \`${lang}\``);
  return book;
}
