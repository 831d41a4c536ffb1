import { setTimeout as sleep } from 'node:timers/promises';
import { deliverPosts } from '../harness/deliver-posts.ts';
import { type Ledger } from '../delivery/harness/ledger.ts';
import { makePosts, type MadePost, submissionOf } from '../delivery/harness/made-posts.ts';

const POSTS = 20;
const REST_MS = 150;
/** One post in so many has a picture on the slow host. */
const PICTURE_EACH = 50;

/** Hands in planted posts without end, each delivery again and again until it is taken, as a careful sender does. */
export interface Sender {
  readonly sent: () => number;
  /** How often an answer was this, over all tries. */
  readonly answers: ReadonlyMap<string, number>;
  pause(): Promise<void>;
  resume(): void;
  stop(): Promise<void>;
}

export function startSender(
  { webhook, slowHost }: { webhook: string; slowHost: string },
  ledger: Ledger,
  seed: number,
): Sender {
  const posts = makePosts(seed);
  const answers = new Map<string, number>();
  let sent = 0;
  const wish = { pause: false, end: false };
  let isPaused = false;

  const submit = (post: MadePost, index: number) => ({
    ...submissionOf(post),
    publishedAt: new Date().toISOString(),
    ...(index % PICTURE_EACH === 0
      ? { media: [{ type: 'image', url: `${slowHost}/${post.native}.jpg` }] }
      : {}),
  });

  async function deliver(batch: readonly MadePost[]): Promise<void> {
    const first = sent;
    const body = batch.map((post, index) => submit(post, first + index));
    ledger.send(batch);
    for (;;) {
      const status = await deliverPosts(webhook, `chaos-${seed}-${first}`, body).then(
        (answer) => answer.body?.cancel().then(() => String(answer.status)) ?? String(answer.status),
        () => 'no answer',
      );
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status === '202') break;
      await sleep(300);
    }
    ledger.acknowledge(batch);
    sent += batch.length;
  }

  const work = (async () => {
    while (!wish.end) {
      isPaused = wish.pause;
      if (!isPaused) await deliver(posts(POSTS));
      await sleep(REST_MS);
    }
  })();

  return {
    sent: () => sent,
    answers,
    async pause() {
      wish.pause = true;
      while (!isPaused) await sleep(50);
    },
    resume: () => {
      wish.pause = false;
    },
    async stop() {
      wish.end = true;
      await work;
    },
  };
}
