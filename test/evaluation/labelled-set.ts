import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TermSchema } from '@leakwatch/contracts';
import { z } from 'zod';

const LabelledPostSchema = z.object({
  id: z.string(),
  /** Ids of the watch-list items that the post leaks; empty for an innocent post. */
  leaks: z.array(z.string()),
  /** The disguise of a name, the treatment of a picture, or the kind of innocent post. */
  family: z.string(),
});
export type LabelledPost = z.infer<typeof LabelledPostSchema>;

/** Posts whose leaks are known, in the files that `leakwatch scan` takes. */
export interface LabelledSet {
  readonly posts: readonly LabelledPost[];
  readonly postsFile: string;
  readonly watchListFile: string;
  readonly mediaDir: string;
}

/**
 * Opens a folder with `posts.jsonl` ({id, text or media, leaks, family}) and a `watchlist.json` or a `terms.json`.
 * From a list of terms it writes a watch list into `scratch`.
 */
export async function openLabelledSet(folder: string, scratch: string): Promise<LabelledSet> {
  const postsFile = path.join(folder, 'posts.jsonl');
  const lines = (await readFile(postsFile, 'utf8')).split('\n').filter((line) => line !== '');
  return {
    posts: lines.map((line) => LabelledPostSchema.parse(JSON.parse(line))),
    postsFile,
    watchListFile: await findWatchList(folder, scratch),
    mediaDir: folder,
  };
}

async function findWatchList(folder: string, scratch: string): Promise<string> {
  const given = path.join(folder, 'watchlist.json');
  if (existsSync(given)) return given;
  const terms = z
    .array(TermSchema)
    .parse(JSON.parse(await readFile(path.join(folder, 'terms.json'), 'utf8')));
  const written = path.join(scratch, 'watchlist.json');
  await writeFile(written, JSON.stringify({ campaigns: [{ id: 'evaluation', name: 'Evaluation', terms }] }));
  return written;
}
