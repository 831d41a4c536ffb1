/**
 * Measures names that are split over two posts, on a labelled set (labelled-set.ts):
 *
 *   npm run eval:split -- FOLDER [--terms FILE.json] [--rounds N] [--seed N] [--errors]
 *
 * Takes every two posts in a row as one creator's, in the order of the file and in N shuffled orders. The posts are different people's, so
 * each split name is false. Then splits each term between two of its words, or in the middle of its only word, and counts what is found.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TermSchema } from '@leakwatch/contracts';
import { captionOf, compileTextMatcher } from '@leakwatch/text-matching';
import { z } from 'zod';
import { seededRandom } from '../harness/seeded-random.ts';

const PostSchema = z.object({ text: z.string().optional() });

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    terms: { type: 'string' },
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    errors: { type: 'boolean', default: false },
  },
});
const folder = positionals[0];
if (folder === undefined) {
  process.stderr.write('name the folder of the labelled set\n');
  process.exit(2);
}
const from = process.env.INIT_CWD ?? '.';
const termsFile = values.terms ?? path.join(folder, 'terms.json');
const terms = z.array(TermSchema).parse(JSON.parse(await readFile(path.resolve(from, termsFile), 'utf8')));
const { matcher } = compileTextMatcher(terms.map((term) => ({ campaignId: 'evaluation', term })));
const lines = (await readFile(path.resolve(from, folder, 'posts.jsonl'), 'utf8')).split('\n');
const texts = lines
  .filter((line) => line !== '')
  .flatMap((line) => PostSchema.parse(JSON.parse(line)).text ?? []);

const read = texts.map((text) => ({ text, ...matcher.readPost(captionOf(text)) }));

const random = seededRandom(Number(values.seed));
let pairs = 0;
let asked = 0;
let wrong = 0;
for (let round = 0; round <= Number(values.rounds); round++) {
  for (let at = 1; at < read.length; at++) {
    const [earlier, later] = [read[at - 1]!, read[at]!];
    pairs++;
    if (!earlier.mayBeginName || !later.mayEndName) continue;
    asked++;
    for (const match of matcher.matchAfter(earlier.text, captionOf(later.text))) {
      wrong++;
      if (values.errors) console.log(`${match.itemId}: “${match.before?.matched}” … “${match.matched}”`);
    }
  }
  shuffle(read);
}
console.log(`${wrong} false in ${pairs} pairs of posts, of which ${asked} held both parts of some names`);

let [cuts, found] = [0, 0];
for (const { id, text } of terms) {
  for (const [before, after] of cutsOf(text)) {
    cuts++;
    const matches = matcher.matchAfter(`this is ${before}`, captionOf(`${after} at last`));
    if (matches.some(({ itemId }) => itemId === id)) found++;
    else if (values.errors) console.log(`not found: ${before} | ${after}`);
  }
}
console.log(`${found} of ${cuts} cuts of ${terms.length} terms found`);

function cutsOf(text: string): [string, string][] {
  const words = text.split(' ');
  if (words.length > 1) {
    return words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);
  }
  const middle = Math.ceil(text.length / 2);
  return [[text.slice(0, middle), text.slice(middle)]];
}

function shuffle(list: unknown[]): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
}
