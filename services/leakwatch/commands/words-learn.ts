import { createJsonlSource } from '@leakwatch/ingest/jsonl';
import { compileWatchList, matchText, textOfSubmitted, wordsOf } from '@leakwatch/matching';
import { createWordLearner } from '@leakwatch/text-matching';
import { LearnedSchema } from '../outcomes.ts';
import { readPost } from '../scan/scan-line.ts';
import { type Screen } from '../screen/screen.ts';
import { readWatchListFile } from '../watch-list/read-watch-list-file.ts';

export interface WordsLearnOptions {
  readonly watchlist: string;
  /** JSON Lines files, read in order; `-` for standard input. */
  readonly posts: readonly string[];
  readonly leastPosts: number;
  readonly leastAuthors: number;
}

/** About 150 MB of words with their authors. */
const MOST_REMEMBERED = 500_000;

/**
 * Prints words of clean posts that are ordinary but in no language's word list, as the watch list spells them. A person
 * reviews them and adds them to the watch list. Posts in which a term is found are skipped.
 */
export async function learnWords(options: WordsLearnOptions, screen: Screen): Promise<void> {
  const { list } = await readWatchListFile(options.watchlist);
  const campaigns = list.campaigns.map((campaign) => ({ ...campaign, assets: [] }));
  const compiled = compileWatchList({ version: 1, campaigns, ordinaryWords: list.ordinaryWords });
  const learner = createWordLearner(
    campaigns.flatMap(({ terms }) => terms.map(({ text }) => text)),
    { ...options, mostRemembered: MOST_REMEMBERED },
  );
  const count = { clean: 0, withTerm: 0, unreadable: 0 };
  for (const file of options.posts) {
    const source = createJsonlSource({ file, mediaDir: '.' });
    for await (const item of source.read(null, new AbortController().signal)) {
      const post = readPost(item);
      if (typeof post === 'string') {
        count.unreadable += 1;
        screen.problem(`${item.place}: ${post}`);
        continue;
      }
      const text = textOfSubmitted(post);
      if (matchText(compiled, text).length > 0) {
        count.withTerm += 1;
        continue;
      }
      count.clean += 1;
      learner.read(wordsOf(text), post.author?.id ?? '');
    }
  }
  const known = new Set(list.ordinaryWords);
  const words = learner.words().filter((word) => !known.has(word));
  screen.note(
    `${words.length} words from ${count.clean} clean posts, each in at least ${options.leastPosts} posts by ${options.leastAuthors} authors; ` +
      `${count.withTerm} posts with a term were skipped, ${count.unreadable} could not be read`,
  );
  const all = [...known, ...words].sort();
  screen.outcome(
    LearnedSchema,
    {
      ordinaryWords: all,
      ...{ cleanPosts: count.clean, postsWithTerm: count.withTerm, unreadable: count.unreadable },
    },
    all.length === 0 ? 'ordinaryWords: []' : `ordinaryWords:\n${all.map(inYaml).join('\n')}`,
  );
}

/** Quoted, because YAML reads a bare `no` or `null` as a value and not as a word. */
function inYaml(word: string): string {
  return `  - ${JSON.stringify(word)}`;
}
