/**
 * Measures the memory of compiled lists: of one, of two versions at once, and the highest while each was compiled. Bytes are those that
 * the collector can't free, of the heap and of arrays beside it.
 *
 * Run: `node --expose-gc --import tsx packages/text-matching/bench/bench-memory.ts [--terms 100000]`
 */
import { parseArgs } from 'node:util';
import { textMatcherSteps, type TextItem, type TextMatcher } from '../index.ts';
import { loadKnownWords } from '../words/known-words.ts';
import { makeNames, makePosts, seededRandom } from './make-corpus.ts';

const MEGABYTE = 1e6;
const POSTS = 5000;

const { values } = parseArgs({ options: { terms: { type: 'string', default: '100000' } } });
const terms = Number(values.terms);

interface Memory {
  readonly heap: number;
  readonly arrays: number;
  readonly resident: number;
}

function measure(): Memory {
  if (globalThis.gc === undefined) throw new Error('run it with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed / MEGABYTE, arrays: arrayBuffers / MEGABYTE, resident: rss / MEGABYTE };
}

/** Terms as a stored list has them: each with objects and strings of its own. */
function makeItems(): TextItem[] {
  return names.map((text, index) => ({ campaignId: 'bench', term: { id: `term-${index}`, text } }));
}

let highest = 0;
let longestStep = 0;

function compile(items: readonly TextItem[]): TextMatcher {
  const steps = textMatcherSteps(items, { isStored: true });
  for (;;) {
    const before = process.cpuUsage();
    const step = steps.next();
    const { user, system } = process.cpuUsage(before);
    longestStep = Math.max(longestStep, (user + system) / 1000);
    if (step.done === true) return step.value.matcher;
    highest = Math.max(highest, process.memoryUsage.rss() / MEGABYTE);
  }
}

function tell(what: string, now: Memory): void {
  const whole = now.heap + now.arrays - base.heap - base.arrays;
  console.log(
    `${what.padEnd(28)} ${whole.toFixed(0).padStart(4)} MB more (heap ${(now.heap - base.heap).toFixed(0)}, arrays ${(now.arrays - base.arrays).toFixed(0)}), ${now.resident.toFixed(0)} MB resident`,
  );
}

const random = seededRandom(terms);
const names = makeNames(terms, random);
const { posts } = makePosts(POSTS, names, random);
loadKnownWords();
const base = measure();
console.log(`${terms} terms; the process before: ${base.resident.toFixed(0)} MB resident`);
const held: TextMatcher[] = [];
for (const what of ['one version', 'two versions at once']) {
  highest = 0;
  const began = process.cpuUsage();
  held.push(compile(makeItems()));
  const { user, system } = process.cpuUsage(began);
  const spent = (user + system) / 1e6;
  for (const post of posts) held.at(-1)?.match(post);
  tell(what, measure());
  console.log(
    `  compiled in ${spent.toFixed(1)} s of processor time, longest step ${longestStep.toFixed(0)} ms, at most ${highest.toFixed(0)} MB resident`,
  );
}
