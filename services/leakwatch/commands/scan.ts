import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { LIMITS, plainJson, type SubmittedMedia } from '@leakwatch/contracts';
import { createImageEngine } from '@leakwatch/image-matching';
import { createJsonlSource } from '@leakwatch/ingest/jsonl';
import { MediaError } from '@leakwatch/ingest/source';
import { createMediaFetcher, type MediaFetcher } from '@leakwatch/matcher/fetch-media';
import { compileWatchList, raisesAlert, registerWatchList, type AlertPolicy } from '@leakwatch/matching';
import { createLineWriter, type LineWriter } from '../scan/line-writer.ts';
import { scanLine, toScanDetection, type LineResult } from '../scan/scan-line.ts';
import { inOrder } from '../scan/in-order.ts';
import { formatDuration } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { readWatchListFile } from '../watch-list/read-watch-list-file.ts';

export interface ScanOptions {
  readonly watchlist: string;
  /** JSON Lines, or `-` for standard input. */
  readonly posts: string;
  readonly media?: string;
  readonly fetch: boolean;
  readonly failOnLeak: boolean;
  /** Exits with 0 although something could not be scanned. */
  readonly allowUnscanned: boolean;
  /** A file for lines that could not be scanned. */
  readonly failures?: string;
}

/** A file that holds no posts must not pass as one without leaks. */
const EXIT_UNSCANNED = 3;

/** At most this many posts are under way while an earlier post's images are matched. */
const WINDOW = 64;

/**
 * Checks a file of posts against a watch list, without a server or a database. Prints a JSON line for each detection on
 * standard output, in the order of the posts. Failures and a summary go to standard error.
 *
 * @returns the exit code: 1 with `failOnLeak` if anything was found that raises an alert, else {@link EXIT_UNSCANNED} if there was no post or
 *   something could not be scanned, else 0
 */
export async function scan(options: ScanOptions, screen: Screen): Promise<number> {
  const watchListFile = await readWatchListFile(options.watchlist);
  const engine = await createImageEngine();
  const fetcher = options.fetch
    ? createMediaFetcher({
        timeoutMs: 15_000,
        maxBytes: LIMITS.mediaBytes,
        allowPrivateAddresses: false,
        ports: new Set([80, 443]),
      })
    : null;
  const failures =
    options.failures === undefined ? null : createLineWriter(createWriteStream(options.failures));
  const output = createLineWriter(process.stdout);
  try {
    const { campaigns, warnings } = await registerWatchList(options.watchlist, watchListFile, engine);
    for (const { text } of warnings) screen.problem(`watch list: ${text}`);
    const source = createJsonlSource({
      file: options.posts,
      mediaDir: options.media ?? (options.posts === '-' ? '.' : path.dirname(options.posts)),
    });
    const tools = {
      list: compileWatchList({ version: 1, campaigns, ordinaryWords: watchListFile.list.ordinaryWords }),
      engine,
      readMedia: (media: SubmittedMedia) => readMedia(media, source, fetcher),
    };
    const { alertsOn } = tools.list;
    const summary = createSummary(alertsOn);
    const counter = screen.counter('posts');
    const results = inOrder(source.read(null, new AbortController().signal), WINDOW, (item) =>
      scanLine(item, tools),
    );
    for await (const result of results) {
      summary.add(result);
      counter.update(summary.posts);
      for (const problem of [...result.failures, ...result.notes])
        screen.problem(`${result.place}: ${problem}`);
      if (result.failures.length > 0) await failures?.write(result.raw);
      await writeDetections(output, result, alertsOn);
    }
    counter.stop();
    screen.note(summary.describe());
    if (options.failOnLeak && summary.alerting > 0) return 1;
    return summary.isWhole || options.allowUnscanned ? 0 : EXIT_UNSCANNED;
  } finally {
    await output.end();
    await failures?.end();
    await fetcher?.close();
    await engine.close();
  }
}

async function readMedia(
  media: SubmittedMedia,
  source: { openMedia(file: string): Promise<Uint8Array> },
  fetcher: MediaFetcher | null,
): Promise<Uint8Array> {
  if (media.file !== undefined) return source.openMedia(media.file);
  if (fetcher === null) {
    throw new MediaError('missing-media', 'it has an address and no file; use --fetch to download it');
  }
  return (await fetcher.fetch(media.url ?? '')).bytes;
}

async function writeDetections(
  output: LineWriter,
  { postId, found }: LineResult,
  alertsOn: AlertPolicy,
): Promise<void> {
  if (postId === null) return;
  for (const evidence of found) await output.write(plainJson(toScanDetection(postId, evidence, alertsOn)));
}

function createSummary(alertsOn: AlertPolicy) {
  const started = performance.now();
  let posts = 0;
  let leaking = 0;
  let detections = 0;
  let alerting = 0;
  let failed = 0;
  let inPart = 0;
  return {
    get posts() {
      return posts;
    },
    /** Detections that raise an alert, by the policies of their assets. */
    get alerting() {
      return alerting;
    },
    /** True if there was something to scan, and all of it was scanned. */
    get isWhole() {
      return posts > 0 && failed === 0;
    },
    add: (result: LineResult) => {
      posts += 1;
      if (result.found.length > 0) leaking += 1;
      detections += result.found.length;
      alerting += result.found.filter((evidence) => raisesAlert(evidence, alertsOn)).length;
      if (result.failures.length > 0) failed += 1;
      else if (result.notes.length > 0) inPart += 1;
    },
    describe: () => {
      const ms = performance.now() - started;
      const rate = Math.round((posts / ms) * 1000).toLocaleString('en');
      return [
        `scanned ${posts.toLocaleString('en')} posts in ${formatDuration(ms)} (${rate} posts/s):`,
        `${detections.toLocaleString('en')} detections in ${leaking.toLocaleString('en')} posts,`,
        ...(alerting === detections
          ? []
          : [`${(detections - alerting).toLocaleString('en')} of them in a grade that raises no alert,`]),
        posts === 0
          ? 'there was no post to scan'
          : failed === 0
            ? 'everything was scanned'
            : `${failed.toLocaleString('en')} posts could not be scanned completely`,
        ...(inPart === 0 ? [] : [`(images of ${inPart.toLocaleString('en')} posts in part)`]),
      ].join(' ');
    },
  };
}
