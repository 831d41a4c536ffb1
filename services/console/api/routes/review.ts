import { embargoStanding } from '@leakwatch/alerting/judge';
import { decideSample, nextSample, ReviewError, type ReviewSample } from '@leakwatch/alerting/measure';
import { textOfPost } from '@leakwatch/matching';
import { loadBlob } from '@leakwatch/store';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sees, type Viewer } from '../access/viewer.ts';
import { audited } from '../audit/append-audit.ts';
import { type ConsoleContext } from '../context.ts';
import { encodePicture } from '../pictures/encode-picture.ts';
import { ProblemError } from '../problems.ts';
import { countReview, loadSampledMedia, lockIfHanded, putBack } from '../review/queries/review-queue.ts';
import {
  IdSchema,
  NextSampleSchema,
  ReviewAnswerSchema,
  ReviewDecisionSchema,
  type NextSample,
} from '../schemas/index.ts';
import { answers, NothingSchema, typed } from './route-helpers.ts';

/** The fields that a reviewer reads; the rest would only be noise. */
const READ = ['caption', 'title', 'content-warning', 'alt-text', 'poll-option', 'hashtag', 'quoted'];

/** The sampling queue, blind: nothing says why a post was drawn or whether it raised an alert. */
export function addReview(server: FastifyInstance, context: ConsoleContext): void {
  const { guard, store, clock } = context;
  const api = typed(server);

  api.post(
    '/v1/review/next',
    { schema: { body: NothingSchema, response: answers(NextSampleSchema) } },
    (request) => showNext(context, guard.require(request, 'work')),
  );
  api.post(
    '/v1/review/:id',
    {
      schema: {
        params: z.object({ id: IdSchema }),
        body: ReviewDecisionSchema,
        response: answers(ReviewAnswerSchema),
      },
    },
    async (request) => {
      const viewer = guard.require(request, 'work');
      const { id } = request.params;
      const { verdict, campaignId } = request.body;
      if (campaignId !== null) checkCampaign(context, viewer, campaignId);
      const by = viewer.name;
      const act = { actor: by, action: 'reviewed', subject: id, detail: { verdict, campaignId } };
      const missed = await audited(store, act).transaction(async (tx) => {
        if (verdict === 'unsure') {
          if (await putBack(tx, { id, by })) return false;
          throw notHanded();
        }
        if (!(await lockIfHanded(tx, { id, by }))) throw notHanded();
        const decision = { id, verdict, campaignId, by, minutes: null };
        return (await asProblem(decideSample(tx, decision, clock))).isMiss;
      });
      return { missed, next: await showNext(context, viewer) };
    },
  );
  api.get(
    '/v1/review/:id/pictures/:index',
    { schema: { params: z.object({ id: IdSchema, index: z.coerce.number().int().min(0).max(1000) }) } },
    async (request, reply) => {
      const { name: by } = guard.require(request, 'work');
      const { id, index } = request.params;
      const sha256 = await loadSampledMedia(store.pool, { id, by }, index);
      const blob = sha256 === null ? null : await loadBlob(store.pool, sha256);
      const picture = blob === null ? null : await encodePicture(context.pictures, blob.bytes);
      if (picture === null) throw new ProblemError('not-found');
      return reply.header('cache-control', 'private, max-age=300').type('image/webp').send(picture);
    },
  );
}

/** A reviewer names a campaign that they see: one that the watch list has, as in the choices that come with a post. */
function checkCampaign({ names }: ConsoleContext, viewer: Viewer, campaignId: string): void {
  if (!sees(viewer, campaignId)) throw new ProblemError('forbidden');
  if (names().campaigns.has(campaignId)) return;
  throw new ProblemError('bad-request', {
    problems: [`body/campaignId: there is no campaign \`${campaignId}\``],
  });
}

/** Answers for a post of another reviewer as for none at all. */
function notHanded(): ProblemError {
  return new ProblemError('illegal-move', {
    detail: 'this post is not in your hands: take the next one',
  });
}

async function showNext(context: ConsoleContext, viewer: Viewer): Promise<NextSample> {
  const { store, clock, alerting, names } = context;
  const order = alerting.reviewOrder;
  const sample = await nextSample(store.pool, viewer.name, { order, clock });
  const { waiting, reviewedToday } = await countReview(store.pool, viewer.name, clock());
  // A post is judged long after it was published: what counts is what was secret then.
  const publishedAt = sample?.post.publishedAt ?? clock().toISOString();
  const campaigns = [...names().campaigns.values()].filter(
    (one) => sees(viewer, one.id) && !embargoStanding(one, publishedAt).lifted,
  );
  return {
    sample: sample === null ? null : showBlind(sample),
    waiting,
    reviewedToday,
    campaigns: campaigns.map(({ id, name, brief }) => ({ id, name, brief: brief ?? null })),
  };
}

function showBlind({ threadId, post }: ReviewSample): NextSample['sample'] {
  const { fields } = textOfPost(post);
  return {
    id: threadId,
    platform: post.platform,
    handle: post.author.handle,
    url: post.canonicalUrl,
    publishedAt: post.publishedAt,
    fields: fields.filter(({ kind, text }) => READ.includes(kind) && text !== ''),
    pictures: post.media
      .filter(({ kind }) => kind === 'image')
      .map(({ index, claim, altText }) => ({
        src: claim === null ? null : `/v1/review/${threadId}/pictures/${index}`,
        alt: altText,
      })),
  };
}

async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ReviewError)) throw error;
    throw new ProblemError('bad-request', { problems: [error.message] });
  }
}
