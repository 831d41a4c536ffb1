import { findAlert } from '@leakwatch/alerting/desk';
import { loadAlert } from '@leakwatch/alerting/incidents';
import { loadBlob } from '@leakwatch/store';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import { z } from 'zod';
import { sees } from '../access/viewer.ts';
import { isHidden, isRedacted, scopeOf, type ConsoleContext } from '../context.ts';
import { encodePicture } from '../pictures/encode-picture.ts';
import { loadEvidencePicture } from '../incidents/queries/load-evidence-picture.ts';
import { ProblemError } from '../problems.ts';
import { IdSchema } from '../schemas/index.ts';
import { typed, WidthQuery } from './route-helpers.ts';

/** Pictures of posts and assets from our own store, encoded anew. Nothing is loaded from a platform. */
export function addPictures(server: FastifyInstance, context: ConsoleContext): void {
  const api = typed(server);

  api.get(
    '/v1/incidents/:id/pictures/:sha256',
    {
      schema: {
        params: z.object({ id: z.string().min(6).max(64), sha256: IdSchema }),
        querystring: WidthQuery,
      },
    },
    async (request, reply) => {
      const { viewer, database } = scopeOf(context, request);
      const { id } = await findAlert(database, request.params.id);
      if (await isHidden(context, viewer, id)) throw new ProblemError('forbidden');
      const bytes = await loadEvidencePicture(database.pool, id, request.params.sha256);
      return sendPicture(context, reply, bytes, request.query.width);
    },
  );

  api.get(
    '/v1/incidents/:id/assets/:item',
    {
      schema: {
        params: z.object({ id: z.string().min(6).max(64), item: z.string().min(1).max(200) }),
        querystring: WidthQuery,
      },
    },
    async (request, reply) => {
      const { viewer, database } = scopeOf(context, request);
      const { id } = await findAlert(database, request.params.id);
      if (await isHidden(context, viewer, id)) throw new ProblemError('forbidden');
      const alert = await loadAlert(database.pool, id);
      if (alert === null) throw new ProblemError('not-found');
      const bytes = await loadAsset(context, alert.campaignId, request.params.item);
      return sendPicture(context, reply, bytes, request.query.width);
    },
  );

  api.get(
    '/v1/campaigns/:id/assets/:item',
    {
      schema: {
        params: z.object({ id: z.string().min(1).max(200), item: z.string().min(1).max(200) }),
        querystring: WidthQuery,
      },
    },
    async (request, reply) => {
      const { viewer } = scopeOf(context, request);
      const { id, item } = request.params;
      if (!sees(viewer, id)) throw new ProblemError('not-found');
      if (isRedacted(context, viewer)) throw new ProblemError('forbidden');
      return sendPicture(context, reply, await loadAsset(context, id, item), request.query.width);
    },
  );
}

/** The caller has asked whether the viewer may see the campaign. */
async function loadAsset(
  { names, store }: ConsoleContext,
  campaignId: string,
  itemId: string,
): Promise<Uint8Array | null> {
  const asset = names()
    .campaigns.get(campaignId)
    ?.assets.find(({ id }) => id === itemId);
  return asset === undefined ? null : ((await loadBlob(store.pool, asset.sha256))?.bytes ?? null);
}

async function sendPicture(
  { pictures }: ConsoleContext,
  reply: FastifyReply,
  bytes: Uint8Array | null,
  width: number | undefined,
): Promise<FastifyReply> {
  const picture = bytes === null ? null : await encodePicture(pictures, bytes, width);
  if (picture === null) throw new ProblemError('not-found');
  // Private: it is for the one who asked. Content under a hash never changes, but rights do.
  return reply.header('cache-control', 'private, max-age=300').type('image/webp').send(picture);
}
