/**
 * Measures posts a second on one core for growing numbers of terms, beside engines for exact strings: ripgrep -F and two Aho-Corasick
 * packages, on text lower-cased beforehand. Every engine must find the planted names.
 *
 * Run: `npx tsx packages/text-matching/bench/bench-scan.ts [--terms 100,10000,100000] [--posts 40000] [--curve]`
 * `--curve` adds the cost of fold + scan up to a million terms. Each number of terms runs in its own process, so that code which the
 * compiler optimised for one list does not affect the next.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { AhoCorasick as FastAhoCorasick } from '@monyone/aho-corasick/fast';
import AhoCorasick from 'modern-ahocorasick';
import { foldText } from '../fold/fold-text.ts';
import { compileTextMatcher } from '../index.ts';
import { nameForm } from '../names/name-form.ts';
import { buildNameTrie } from '../scan/name-trie.ts';
import { scanNames } from '../scan/scan-names.ts';
import { makeNames, makePosts, seededRandom } from './make-corpus.ts';
import { median, REPEATS, runRipgrep } from './ripgrep.ts';

/** Warm-up rounds, which the compiler needs. The measured rounds then match the passes of ripgrep. */
const WARM_UPS = 5;
const CURVE = [100, 1_000, 10_000, 100_000, 1_000_000];

interface Row {
  readonly engine: string;
  /** CPU seconds. */
  readonly seconds: number;
  /** Posts with at least one match. */
  readonly found: number;
}

/** Returns the median CPU time of a round, and the round's count. */
function measure(engine: string, round: () => number): Row {
  let found = 0;
  for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1) found = round();
  const seconds = Array.from({ length: REPEATS }, () => {
    const before = process.cpuUsage().user;
    found = round();
    return (process.cpuUsage().user - before) / 1e6;
  });
  return { engine, seconds: median(seconds), found };
}

function countPosts(posts: readonly string[], isHit: (post: string) => boolean): number {
  let count = 0;
  for (const post of posts) if (isHit(post)) count++;
  return count;
}

function scanOnly(names: readonly string[]): (post: string) => boolean {
  const trie = buildNameTrie(names.map((name, index) => nameForm(index, name)!.key));
  const sink = {
    count: 0,
    spelled() {
      this.count++;
    },
  };
  return (post) => {
    sink.count = 0;
    scanNames(foldText(post), trie, sink);
    return sink.count > 0;
  };
}

function foldOnly(post: string): boolean {
  return foldText(post).length > 0;
}

function memoryMegabytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

function benchTerms(count: number, postCount: number): boolean {
  const random = seededRandom(count);
  const names = makeNames(count, random);
  const { posts, planted } = makePosts(postCount, names, random);
  const lowerNames = names.map((name) => name.toLowerCase());
  const lowerPosts = posts.map((post) => post.toLowerCase());

  const before = memoryMegabytes();
  const began = performance.now();
  const { matcher } = compileTextMatcher(
    names.map((text, index) => ({ campaignId: 'bench', term: { id: String(index), text } })),
  );
  const built = performance.now() - began;
  const memory = memoryMegabytes() - before;

  const isScanned = scanOnly(names);
  const fast = new FastAhoCorasick(lowerNames);
  const modern = new AhoCorasick(lowerNames);
  const rows: Row[] = [
    measure('fold only', () => countPosts(posts, foldOnly)),
    measure('fold + scan', () => countPosts(posts, isScanned)),
    measure('fold + scan + verify + fuzzy', () =>
      countPosts(posts, (post) => matcher.match(post).length > 0),
    ),
    measure('@monyone/aho-corasick, exact', () =>
      countPosts(lowerPosts, (post) => fast.hasKeywordInText(post)),
    ),
    measure('modern-ahocorasick, exact', () => countPosts(lowerPosts, (post) => modern.match(post))),
  ];
  const grep = runRipgrep(lowerNames, lowerPosts);
  if (grep === undefined) console.log('ripgrep is not installed: left out');
  else rows.push({ engine: 'ripgrep -F, exact', seconds: grep.seconds, found: grep.lines });

  console.log(
    `${count} terms, built in ${(built / 1000).toFixed(1)} s, ${memory.toFixed(0)} MB; ${posts.length} posts of ${(posts.join('').length / posts.length).toFixed(0)} UTF-16 units, ${planted} with a name`,
  );
  for (const { engine, seconds, found } of rows) {
    const rate = posts.length / seconds / 1000;
    const versus = grep === undefined ? '' : `${(grep.seconds / seconds).toFixed(2)} × ripgrep`;
    console.log(
      `  ${engine.padEnd(30)} ${rate.toFixed(0).padStart(6)}k posts/s  ${String(found).padStart(6)} posts hit  ${versus}`,
    );
  }
  const short = rows.filter(({ engine, found }) => engine !== 'fold only' && found < planted);
  for (const { engine, found } of short)
    console.log(`  ${engine} found ${found} of ${planted} planted names`);
  return short.length === 0;
}

function benchCurve(postCount: number): void {
  console.log('fold + scan by number of terms');
  for (const count of CURVE) {
    const random = seededRandom(count);
    const names = makeNames(count, random);
    const { posts } = makePosts(postCount, names, random);
    const isScanned = scanOnly(names);
    const { seconds } = measure('scan', () => countPosts(posts, isScanned));
    console.log(
      `  ${String(count).padStart(8)} terms  ${((seconds / posts.length) * 1e6).toFixed(2)} µs a post`,
    );
  }
}

const { values } = parseArgs({
  options: {
    terms: { type: 'string', default: '100,10000,100000' },
    posts: { type: 'string', default: '40000' },
    curve: { type: 'boolean', default: false },
  },
});
const postCount = Number(values.posts);
const counts = values.terms.split(',');
const [only] = counts;
const complete =
  counts.length === 1 ? [benchTerms(Number(only), postCount)] : counts.map((count) => benchApart(count));
if (values.curve) benchCurve(postCount);
if (complete.includes(false)) process.exitCode = 1;

function benchApart(count: string): boolean {
  const args = [...process.execArgv, process.argv[1]!, '--terms', count, '--posts', values.posts];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}
