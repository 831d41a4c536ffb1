import { type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { createBoundedServer, SMALL_BOUNDS } from '../http/bounded-server.ts';
import { type Stoppable } from '../lifecycle.ts';
import { setLogLevel, type Logger } from '../logger.ts';
import { createRequestCheck } from './request-check.ts';
import { ProfileBusyError, takeProfile, type ProfileKind } from './take-profile.ts';

export interface AdminServer extends Stoppable {
  /** `http://127.0.0.1:9465` */
  readonly address: string;
}

const MOST_SECONDS = 60;

const ProfileQuerySchema = z.object({
  seconds: z.coerce
    .number({ error: 'must be a number' })
    .min(1, 'must be from 1 to 60')
    .max(MOST_SECONDS, 'must be from 1 to 60')
    .default(10),
});

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const LevelSchema = z.strictObject({
  level: z.enum(LEVELS, { error: `must be one of ${LEVELS.join(', ')}` }),
});

/**
 * Serves requests that change or slow a process, on a separate port that is off by default: `POST /profile/cpu?seconds=10` and
 * `/profile/heap` (.cpuprofile, .heapprofile), `GET` and `PUT /log-level` with `{"level": "debug"}`. It asks
 * for no password, so it belongs on loopback; no page in a browser may reach it.
 */
export async function startAdminServer(options: {
  host: string;
  port: number;
  logger: Logger;
}): Promise<AdminServer> {
  const { host, port, logger } = options;
  const server = createBoundedServer(SMALL_BOUNDS);
  const stopping = new AbortController();
  const problemOf = createRequestCheck(host);
  server.addHook('onRequest', async (request, reply) => {
    const problem = problemOf(request.headers);
    return problem === null ? undefined : refuse(reply, 403, problem);
  });

  const profile = (kind: ProfileKind) => async (request: FastifyRequest, reply: FastifyReply) => {
    const query = ProfileQuerySchema.safeParse(request.query);
    if (!query.success) return refuse(reply, 400, `seconds ${query.error.issues[0]?.message ?? 'is wrong'}`);
    try {
      const json = await takeProfile(kind, query.data.seconds, stopping.signal);
      const name = `leakwatch-${process.pid}.${kind}profile`;
      return await reply
        .header('content-type', 'application/json')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(json);
    } catch (error) {
      if (error instanceof ProfileBusyError) return refuse(reply, 409, error.message);
      if (stopping.signal.aborted) return refuse(reply, 503, 'the process is stopping');
      return refuse(reply, 500, messageOf(error));
    }
  };
  server.post('/profile/cpu', profile('cpu'));
  server.post('/profile/heap', profile('heap'));

  server.get('/log-level', () => ({ level: logger.level }));
  server.put('/log-level', (request, reply) => {
    const body = LevelSchema.safeParse(request.body);
    if (!body.success) return refuse(reply, 400, `level ${body.error.issues[0]?.message ?? 'is wrong'}`);
    const before = logger.level;
    setLogLevel(body.data.level);
    logger.warn({ before, level: logger.level }, 'log level changed');
    return { level: logger.level };
  });

  const address = await server.listen({ host, port });
  return {
    name: 'admin server',
    address,
    stop: () => {
      stopping.abort();
      return server.close();
    },
  };
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error });
}
