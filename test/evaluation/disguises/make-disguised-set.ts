/**
 * Makes a labelled set of disguised names for `npm run eval:text`:
 *
 *   npm run eval:disguises -- --to FOLDER [--posts POSTS.jsonl] [--each N] [--seed N]
 *
 * Puts each family of disguises into N captions: our own, or the innocent ones of POSTS.jsonl ({text, leaks}).
 * Adds every caption as an innocent post, too. Families `one:…` disguise one word of a name and leave the others as they are.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { seededRandom } from '../../harness/seeded-random.ts';
import { NAME_DISGUISES } from './disguise-name.ts';
import { WORD_DISGUISES, type Pick } from './disguise-word.ts';
import { DISGUISED_TERMS, type DisguisedTerm } from './names.ts';

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    posts: { type: 'string' },
    each: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.to === undefined) {
  process.stderr.write('name the folder to write: --to FOLDER\n');
  process.exit(2);
}

const OWN_CAPTIONS = [
  'still thinking about %',
  '% arrives friday, act surprised',
  'told you: % 👀',
  'day two with %',
  '%',
];
const FIELDS = ['display_name', 'handle', 'alt_text'] as const;

const random = seededRandom(Number(values.seed));
const pick: Pick = (choices) => {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};
const innocent =
  values.posts === undefined
    ? []
    : await readInnocent(path.resolve(process.env.INIT_CWD ?? '.', values.posts));
const folder = path.resolve(process.env.INIT_CWD ?? '.', values.to);

type Disguise = (term: DisguisedTerm) => string | null;
const families: [string, Disguise][] = [
  ...Object.entries(NAME_DISGUISES).map(([family, disguise]): [string, Disguise] => [
    family,
    (term) => disguise(term, pick),
  ]),
  ...Object.keys(WORD_DISGUISES).flatMap((family): [string, Disguise][] => [
    [`each:${family}`, (term) => disguiseWords(term, family, () => true)],
    [`one:${family}`, (term) => disguiseOneWord(term, family)],
  ]),
];

const posts: Record<string, unknown>[] = innocent.map((text, n) => ({
  id: `innocent-${n}`,
  text,
  leaks: [],
  family: 'real',
}));
for (const [family, disguise] of families) {
  const possible = DISGUISED_TERMS.filter((term) => disguise(term) !== null);
  for (let n = 0; possible.length > 0 && n < Number(values.each); n += 1) {
    const term = pick(possible);
    const written = disguise(term);
    if (written === null) continue;
    posts.push({ id: `${family}-${n}`, text: caption(written), leaks: [term.id], family });
  }
}
for (const field of FIELDS) {
  const named = DISGUISED_TERMS.filter(({ kind }) => kind === 'product' || kind === 'codename');
  for (let n = 0; n < Number(values.each); n += 1) posts.push(inField(field, pick(named), n));
}
await mkdir(folder, { recursive: true });
await writeFile(path.join(folder, 'terms.json'), JSON.stringify(DISGUISED_TERMS));
await writeFile(path.join(folder, 'posts.jsonl'), posts.map((post) => `${JSON.stringify(post)}\n`).join(''));
console.log(`wrote ${posts.length} posts of ${families.length + FIELDS.length} families to ${folder}`);

function caption(written: string): string {
  if (innocent.length === 0 || random() < 0.5) return pick(OWN_CAPTIONS).replace('%', () => written);
  const host = pick(innocent);
  return pick([`${host} ${written}`, `${written} ${host}`, `${host}\n${written}`]);
}

function disguiseWords(
  term: DisguisedTerm,
  family: string,
  isDisguised: (n: number) => boolean,
): string | null {
  if (term.kind !== 'product' && term.kind !== 'codename') return null;
  const written = term.text
    .split(' ')
    .map((word, n) => (isDisguised(n) ? (WORD_DISGUISES[family]?.(word, pick) ?? word) : word))
    .join(' ');
  return written === term.text ? null : written;
}

function disguiseOneWord(term: DisguisedTerm, family: string): string | null {
  const count = term.text.split(' ').length;
  if (count < 2) return null;
  const chosen = pick(Array.from({ length: count }, (_, n) => n));
  return disguiseWords(term, family, (n) => n === chosen);
}

function inField(field: (typeof FIELDS)[number], term: DisguisedTerm, n: number): Record<string, unknown> {
  const post = { id: `field-${field}-${n}`, text: pick(innocent.length === 0 ? ['good morning'] : innocent) };
  const label = { leaks: [term.id], family: `field:${field}` };
  if (field === 'alt_text') {
    return { ...post, ...label, media: [{ url: 'https://x.example/a.jpg', alt: `a photo of ${term.text}` }] };
  }
  const author =
    field === 'display_name'
      ? { id: 'a1', displayName: `${term.text} is coming` }
      : { id: 'a1', handle: term.text.toLowerCase().replaceAll(' ', '') };
  return { ...post, ...label, author };
}

async function readInnocent(file: string): Promise<string[]> {
  const schema = z.object({ text: z.string(), leaks: z.array(z.string()) });
  return (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schema.parse(JSON.parse(line)))
    .filter(({ text, leaks }) => leaks.length === 0 && text !== '')
    .map(({ text }) => text);
}
