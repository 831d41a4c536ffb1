import { LIMITS, sha256Hex } from '@leakwatch/contracts';
import { IMAGE_ENGINE } from '@leakwatch/image-matching';
import { matchImage, raisesAlert } from '@leakwatch/matching';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sees } from '../access/viewer.ts';
import { type ConsoleContext } from '../context.ts';
import { describeDisguises } from '../incidents/describe-disguises.ts';
import { encodePicture } from '../pictures/encode-picture.ts';
import { tryCopies } from '../pictures/try-copies.ts';
import { ProblemError } from '../problems.ts';
import { IdSchema, TriedPictureSchema, UploadedPictureSchema } from '../schemas/index.ts';
import { compileForTrial } from '../watch-list/compile-for-trial.ts';
import { draftScope } from '../watch-list/draft-scope.ts';
import { openPictures } from '../watch-list/open-pictures.ts';
import { keepUpload, loadDraftPicture, MOST_UPLOADS } from '../watch-list/queries/uploaded-pictures.ts';
import { answers, typed, WidthQuery } from './route-helpers.ts';

const BYTES = 'application/octet-stream';
/** A name for the picture's file: what follows is the uploader's, and goes no further than this. */
const FILE_NAME = /[^\p{L}\p{N}._-]+/gu;
const LONGEST_NAME = 80;

/** Pictures for the watch list: uploaded, shown encoded anew, and tried against the list. */
export function addWatchListPictures(server: FastifyInstance, context: ConsoleContext): void {
  const { store, clock, pictures, guard } = context;
  server.addContentTypeParser(
    BYTES,
    { parseAs: 'buffer', bodyLimit: LIMITS.mediaBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );
  const api = typed(server);

  api.post(
    '/v1/watch-list/pictures',
    {
      bodyLimit: LIMITS.mediaBytes,
      schema: {
        querystring: z.strictObject({ name: z.string().max(400).default('picture') }),
        response: answers(UploadedPictureSchema),
      },
    },
    async (request) => {
      const viewer = guard.require(request, 'lead');
      const bytes = bytesOf(request);
      const engine = await pictures.get();
      const { widthPx, heightPx, data, warnings } = await engine.register(bytes);
      const copies = await tryCopies(engine, bytes, data);
      const sha256 = sha256Hex(bytes);
      const fingerprint = Buffer.from(data).toString('base64');
      const at = clock();
      const upload = { sha256, engine: IMAGE_ENGINE, fingerprint, bytes, by: viewer.name, at };
      if (!(await keepUpload(store.pool, upload))) {
        throw new ProblemError('too-large', {
          detail: `${MOST_UPLOADS} pictures wait in drafts: save or discard some first`,
        });
      }
      return { sha256, file: fileName(request.query.name, sha256), widthPx, heightPx, warnings, copies };
    },
  );

  api.get(
    '/v1/watch-list/pictures/:sha256',
    {
      schema: {
        params: z.object({ sha256: IdSchema }),
        querystring: WidthQuery,
      },
    },
    async (request, reply) => {
      const scope = await draftScope(context, request);
      const { sha256 } = request.params;
      const open = await openPictures(store.pool, scope, [sha256]);
      const bytes = open.has(sha256) ? await loadDraftPicture(store.pool, sha256) : null;
      const picture = bytes === null ? null : await encodePicture(pictures, bytes, request.query.width);
      if (picture === null) throw new ProblemError('not-found');
      return reply.header('cache-control', 'private, max-age=300').type('image/webp').send(picture);
    },
  );

  api.post(
    '/v1/watch-list/try-picture',
    {
      bodyLimit: LIMITS.mediaBytes,
      schema: {
        querystring: z.strictObject({ draft: z.enum(['true', 'false']).default('false') }),
        response: answers(TriedPictureSchema),
      },
    },
    async (request) => {
      const viewer = guard.require(request, 'work');
      const { list, campaigns } = await compileForTrial(context, request, request.query.draft === 'true');
      const { data } = await (await pictures.get()).fingerprint(bytesOf(request));
      const found = await matchImage(list, data, { mediaIndex: 0, name: 'picture' });
      return {
        matches: found.flatMap((evidence) => {
          const { campaignId, itemId, confidence, how, grade = null } = evidence;
          const campaign = campaigns.find(({ id }) => id === campaignId);
          if (campaign === undefined || !sees(viewer, campaignId)) return [];
          const item = campaign.assets.find(({ id }) => id === itemId)?.name ?? itemId;
          const disguises = describeDisguises(how, '');
          const names = { campaignId, campaign: campaign.name, itemId, item };
          const alerts = raisesAlert(evidence, list.alertsOn);
          return [{ ...names, grade, raisesAlert: alerts, confidence, disguises }];
        }),
      };
    },
  );
}

/** @throws ProblemError for a body of another type, which was read as JSON, and for none */
function bytesOf({ body }: FastifyRequest): Uint8Array {
  const detail = `send the picture's bytes as ${BYTES}`;
  if (!(body instanceof Uint8Array)) throw new ProblemError('wrong-type', { detail });
  if (body.byteLength === 0) throw new ProblemError('bad-request', { detail });
  return body;
}

/** A name that no other picture has. */
function fileName(name: string, sha256: string): string {
  const plain = name.normalize('NFC').replace(FILE_NAME, '-').slice(-LONGEST_NAME);
  return `${sha256.slice(0, 12)}-${plain}`;
}
