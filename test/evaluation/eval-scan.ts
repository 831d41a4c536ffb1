/**
 * Scores `leakwatch scan` on a labelled set, family by family:
 *
 *   npm run eval:text -- FOLDER [--errors]      npm run eval:image -- FOLDER [--errors]
 *
 * A detection graded `same-layout` does not count as found. The folder holds posts.jsonl and watchlist.json or terms.json (labelled-set.ts).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { openLabelledSet } from './labelled-set.ts';
import { formatScore, scorePairs, type Pair } from './score.ts';

const DetectionSchema = z.object({
  postId: z.string(),
  itemId: z.string(),
  matched: z.string(),
  how: z.array(z.string()),
  grade: z.string().optional(),
});

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { errors: { type: 'boolean', default: false } },
});
const folder = positionals[0];
if (folder === undefined) {
  process.stderr.write('name the folder of the labelled set\n');
  process.exit(2);
}
const scratch = await mkdtemp(path.join(tmpdir(), 'leakwatch-eval-'));
try {
  const set = await openLabelledSet(path.resolve(process.env.INIT_CWD ?? '.', folder), scratch);
  const scan = await runLeakwatch([
    ...['scan', '--watchlist', set.watchListFile, '--posts', set.postsFile, '--media', set.mediaDir],
    '--allow-unscanned',
  ]);
  if (scan.code !== 0) throw new Error(`scan ended with ${scan.code}: ${scan.stderr}`);
  const detections = scan.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => DetectionSchema.parse(JSON.parse(line)))
    .filter(({ grade }) => grade !== 'same-layout');
  const score = scorePairs(set.posts, detections);
  console.log(formatScore(score));
  console.log(scan.stderr.trim().split('\n').at(-1));
  if (values.errors) {
    const describe = ({ postId, itemId }: Pair) => {
      const found = detections.find((one) => one.postId === postId && one.itemId === itemId);
      return found === undefined ? '' : ` ${JSON.stringify(found.matched)} by ${found.how.join(', ')}`;
    };
    for (const pair of score.missed) console.log(`missed ${pair.family} ${pair.postId}: ${pair.itemId}`);
    for (const pair of score.wrong)
      console.log(`wrong ${pair.family} ${pair.postId}: ${pair.itemId}${describe(pair)}`);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
