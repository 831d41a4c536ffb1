/**
 * Tries small cases of text matching, one term and one post each, and counts them by kind:
 *
 *   npm run eval:cases -- FILE.jsonl [--errors] [--kind NAME]
 *
 * A line is `{item, text, expected, kind, verdict}`: `item` is a term without its id, `text` a caption or a submitted post as JSON.
 * A query that is refused with a message counts as right where "found" was expected.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseWatchList } from '@leakwatch/contracts';
import { createImageEngine } from '@leakwatch/image-matching';
import { MediaError } from '@leakwatch/ingest/source';
import { compileWatchList } from '@leakwatch/matching';
import { TermError } from '@leakwatch/text-matching';
import { z } from 'zod';
import { scanLine } from '../../services/leakwatch/scan/scan-line.ts';

const CaseSchema = z.object({
  item: z.looseObject({ text: z.string(), kind: z.string().optional() }),
  text: z.string(),
  expected: z.enum(['found', 'not found']),
  kind: z.string(),
  verdict: z.enum(['fail', 'arguable']),
});
type Case = z.infer<typeof CaseSchema>;
type Answer = 'found' | 'not found' | 'refused';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { errors: { type: 'boolean', default: false }, kind: { type: 'string' } },
});
const file = positionals[0];
if (file === undefined) {
  process.stderr.write('name the file of the cases\n');
  process.exit(2);
}

const engine = await createImageEngine();
const counts = new Map<string, { right: number; all: number }>();
try {
  const lines = (await readFile(path.resolve(process.env.INIT_CWD ?? '.', file), 'utf8')).split('\n');
  for (const line of lines.filter((one) => one !== '')) {
    const one = CaseSchema.parse(JSON.parse(line));
    if (values.kind !== undefined && values.kind !== one.kind) continue;
    const answer = await answerOf(one);
    const right = answer === one.expected || (answer === 'refused' && one.item.kind === 'query');
    for (const row of [`${one.verdict}: ${one.kind}`, `${one.verdict}: all`]) {
      const count = counts.get(row) ?? { right: 0, all: 0 };
      counts.set(row, { right: count.right + (right ? 1 : 0), all: count.all + 1 });
    }
    if (values.errors && !right) {
      console.log(
        `${one.verdict} ${one.kind}: ${JSON.stringify(one.item)} in ${JSON.stringify(one.text)}: ${answer}`,
      );
    }
  }
} finally {
  await engine.close();
}
for (const [row, { right, all }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${`${right}`.padStart(4)} of ${`${all}`.padStart(4)}  ${row}`);
}

async function answerOf({ item, text }: Case): Promise<Answer> {
  const watchList = { campaigns: [{ id: 'case', name: 'Case', terms: [{ id: 'term', ...item }] }] };
  const { campaigns, ordinaryWords } = parseWatchList(JSON.stringify(watchList), 'case');
  const post: unknown = text.startsWith('{') ? JSON.parse(text) : { text };
  try {
    const list = compileWatchList({
      version: 1,
      ordinaryWords,
      campaigns: campaigns.map((campaign) => ({ ...campaign, assets: [] })),
    });
    const result = await scanLine(
      {
        place: 'case',
        checkpoint: null,
        raw: JSON.stringify({ id: 'post', ...z.looseObject({}).parse(post) }),
      },
      {
        list,
        engine,
        readMedia: () => Promise.reject(new MediaError('missing-media', 'cases hold no pictures')),
      },
    );
    if (result.postId === null) throw new Error(`not a post: ${result.failures.join('; ')}`);
    return result.found.length > 0 ? 'found' : 'not found';
  } catch (error) {
    if (!(error instanceof TermError)) throw error;
    return 'refused';
  }
}
