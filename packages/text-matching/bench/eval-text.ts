/**
 * Scores the text engine on a folder of labelled posts (`posts.jsonl`, `terms.json`), per family.
 *
 * Run: `npx tsx packages/text-matching/bench/eval-text.ts --data DIR [--errors]`
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TermSchema } from '@leakwatch/contracts';
import { z } from 'zod';
import { compileTextMatcher, type TextMatch } from '../index.ts';
import { scoreDetections } from './score-detections.ts';

const PostSchema = z.object({
  id: z.string(),
  text: z.string(),
  leaks: z.array(z.string()),
  family: z.string(),
  hard: z.boolean(),
});

const { values } = parseArgs({ options: { data: { type: 'string' }, errors: { type: 'boolean' } } });
if (values.data === undefined) throw new Error('name the folder of labelled posts: --data DIR');
const folder = path.resolve(values.data);
const terms = z.array(TermSchema).parse(JSON.parse(readFileSync(path.join(folder, 'terms.json'), 'utf8')));
const posts = readFileSync(path.join(folder, 'posts.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => PostSchema.parse(JSON.parse(line)));

const { matcher, warnings } = compileTextMatcher(terms.map((term) => ({ campaignId: 'eval', term })));
for (const warning of warnings) console.log(`warning: ${warning.itemId}: ${warning.message}`);
const began = process.hrtime.bigint();
const matches = new Map<string, TextMatch[]>(posts.map((post) => [post.id, matcher.match(post.text)]));
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
const score = scoreDetections(
  posts,
  new Map([...matches].map(([id, found]) => [id, new Set(found.map((match) => match.itemId))])),
);

console.log(
  `${'family'.padEnd(22)} ${'pairs'.padStart(6)} ${'found'.padStart(6)} ${'recall'.padStart(7)} ${'false'.padStart(6)}`,
);
for (const row of score.families) {
  const recall = row.labelled === 0 ? '–' : (row.found / row.labelled).toFixed(3);
  console.log(
    `${row.family.padEnd(22)} ${String(row.labelled).padStart(6)} ${String(row.found).padStart(6)} ${recall.padStart(7)} ${String(row.false).padStart(6)}`,
  );
}
console.log(
  `precision ${score.precision.toFixed(4)}, recall ${score.recall.toFixed(4)}, false pairs per 10,000 real posts ${score.falsePer10kReal.toFixed(2)} (${score.realPosts} real posts); ${(posts.length / seconds / 1000).toFixed(0)}k posts/s`,
);
if (values.errors === true) {
  const byId = new Map(posts.map((post) => [post.id, post]));
  for (const [id, item] of score.missed) {
    const post = byId.get(id)!;
    console.log(`missed ${post.family} ${item}: ${JSON.stringify(post.text)}`);
  }
  for (const [id, item] of score.wrong) {
    const match = matches.get(id)!.find((one) => one.itemId === item)!;
    console.log(
      `wrong ${item} by ${match.how.join('+')} ${JSON.stringify(match.matched)}: ${JSON.stringify(byId.get(id)!.text)}`,
    );
  }
}
