import { decideSample, nextSample, ReviewError, type ReviewSample } from '@leakwatch/alerting/measure';
import { textOfPost } from '@leakwatch/matching';
import { loadBlob } from '@leakwatch/store';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sees, type Viewer } from '../access/viewer.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { type ConsoleContext } from '../context.ts';
import { encodePicture } from '../pictures/encode-picture.ts';
import { ProblemError } from '../problems.ts';
import { countReview, loadSampledMedia, putBack } from '../review/queries/review-queue.ts';
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
      if (verdict === 'unsure') {
        await putBack(store.pool, { id, by: viewer.name });
        return { missed: false, next: await showNext(context, viewer) };
      }
      const decided = await asProblem(
        decideSample(store.pool, { id, verdict, campaignId, by: viewer.name, minutes: null }, clock),
      );
      await appendAudit(store.pool, {
        actor: viewer.name,
        action: 'reviewed',
        subject: id,
        detail: { verdict },
      });
      return { missed: decided.isMiss, next: await showNext(context, viewer) };
    },
  );
  api.get(
    '/v1/review/:id/pictures/:index',
    { schema: { params: z.object({ id: IdSchema, index: z.coerce.number().int().min(0).max(1000) }) } },
    async (request, reply) => {
      guard.require(request, 'work');
      const sha256 = await loadSampledMedia(store.pool, request.params.id, request.params.index);
      const blob = sha256 === null ? null : await loadBlob(store.pool, sha256);
      const picture = blob === null ? null : await encodePicture(blob.bytes);
      if (picture === null) throw new ProblemError('not-found');
      return reply.header('cache-control', 'private, max-age=300').type('image/webp').send(picture);
    },
  );
}

async function showNext(context: ConsoleContext, viewer: Viewer): Promise<NextSample> {
  const { store, clock, alerting, names } = context;
  const order = alerting.reviewOrder;
  const sample = await nextSample(store.pool, viewer.name, { order, clock });
  const { waiting, reviewedToday } = await countReview(store.pool, viewer.name, clock());
  const campaigns = [...names().campaigns.values()].filter(({ id }) => sees(viewer, id));
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
