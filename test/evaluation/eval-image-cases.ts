/**
 * Tries the cases of image matching one by one, through `leakwatch scan`:
 *
 *   npm run eval:image-cases -- FOLDER
 *
 * The folder holds manifest.json ([{file, expected, got, kind}]), posts.jsonl and watchlist.json. All assets in `expected` must be found; where
 * it is empty, none of those that `got` names, a false match of an earlier version. Other assets that a picture shows are printed only. A
 * detection counts as found unless its grade is `same-layout`. A file that can't be scanned counts as not found; its reason is printed.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { runLeakwatch } from '../harness/run-leakwatch.ts';

const ManifestSchema = z.array(
  z.object({
    file: z.string(),
    expected: z.array(z.string()),
    /** Lines that begin with the id of an asset. */
    got: z.array(z.string()),
    kind: z.string(),
  }),
);
const DetectionSchema = z.object({
  postId: z.string(),
  itemId: z.string(),
  grade: z.string().optional(),
  confidence: z.number(),
  how: z.array(z.string()),
});

const folder = path.resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? '');
if (process.argv[2] === undefined) {
  process.stderr.write('name the folder of the cases\n');
  process.exit(2);
}
const cases = ManifestSchema.parse(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')));
const scan = await runLeakwatch([
  ...['scan', '--watchlist', path.join(folder, 'watchlist.json')],
  ...['--posts', path.join(folder, 'posts.jsonl'), '--media', folder, '--allow-unscanned'],
]);
if (scan.code !== 0) throw new Error(`scan ended with ${scan.code}: ${scan.stderr}`);
const detections = scan.stdout
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => DetectionSchema.parse(JSON.parse(line)));
const remarks = scan.stderr.split('\n');

let right = 0;
for (const { file, expected, got, kind } of cases) {
  const all = detections.filter(({ postId }) => postId === file);
  const found = new Set(all.filter(({ grade }) => grade !== 'same-layout').map(({ itemId }) => itemId));
  const isRight =
    expected.length > 0
      ? expected.every((id) => found.has(id))
      : !got.some((line) => found.has(line.split(' ')[0]!));
  if (isRight) right++;
  console.log(`${isRight ? 'right' : 'WRONG'}  ${file}: ${kind}`);
  for (const { itemId, grade = 'no grade', confidence, how } of all) {
    console.log(`         ${itemId}: ${grade}, ${confidence}, ${how.join(' ')}`);
  }
  for (const remark of remarks.filter((line) => line.includes(`] ${file}:`)))
    console.log(`         ${remark.trim()}`);
}
console.log(`${right} of ${cases.length} right`);
