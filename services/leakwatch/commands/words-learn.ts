import { createJsonlSource } from '@leakwatch/ingest/jsonl';
import { compileWatchList, matchText, textOfSubmitted, wordsOf } from '@leakwatch/matching';
import { createWordLearner } from '@leakwatch/text-matching';
import { readPost } from '../scan/scan-line.ts';
import { type Screen } from '../screen/screen.ts';
import { readWatchListFile } from '../watch-list/read-watch-list-file.ts';

export interface WordsLearnOptions {
  readonly watchlist: string;
  /** JSON Lines, one after the other; `-` for standard input. */
  readonly posts: readonly string[];
  readonly leastPosts: number;
  readonly leastAuthors: number;
}

/** Some 150 MB of words with their authors. */
const MOST_REMEMBERED = 500_000;

/**
 * Prints, as the watch list has it, which words of clean posts are ordinary and in no list of a language: for a person to look at
 * and put into the watch list. Posts in which one of its terms is found are not learned from.
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
    `${words.length} words of ${count.clean} clean posts, each in ${options.leastPosts} posts of ${options.leastAuthors} authors at least; ` +
      `${count.withTerm} posts with a term were left out, ${count.unreadable} could not be read`,
  );
  const all = [...known, ...words].sort();
  screen.result(all.length === 0 ? 'ordinaryWords: []' : `ordinaryWords:\n${all.map(inYaml).join('\n')}`);
}

/** In quotes: YAML takes `no` and `null` for no words. */
function inYaml(word: string): string {
  return `  - ${JSON.stringify(word)}`;
}
