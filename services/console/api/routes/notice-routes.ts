import { readStanding } from '@leakwatch/alerting/measure';
import { agreedRoutes, problemsOfAgreed, readRoutes, tryRoutes } from '@leakwatch/alerting/tell';
import { type FastifyInstance } from 'fastify';
import { type ConsoleContext } from '../context.ts';
import { RoutesSchema, RoutesTrialSchema, TriedRoutesSchema, type Routes } from '../schemas/index.ts';
import { answers, typed, wholeLead } from './route-helpers.ts';
import { addTextChanges, waitingChange } from './text-changes.ts';

const ALERTS_SHOWN = 200;

/** The routes of notices: read, tried against history, changed by two people. They are of all campaigns. */
export function addNoticeRoutes(server: FastifyInstance, context: ConsoleContext): void {
  const { store, alerting } = context;
  const { routesFile } = alerting;
  const api = typed(server);
  const showRoutes = async (): Promise<Routes> => {
    const [routes, proposal] = await Promise.all([
      readRoutes(routesFile, store.pool),
      waitingChange(context, 'routes'),
    ]);
    const { source, text } = routes;
    return { source, text, problems: [...problemsOfAgreed(routes, alerting)], proposal };
  };

  api.get('/v1/routes', { schema: { response: answers(RoutesSchema) } }, async (request) => {
    wholeLead(context, request);
    return showRoutes();
  });

  addTextChanges(server, context, {
    agreed: agreedRoutes(alerting),
    file: routesFile,
    setting: 'LEAKWATCH_ROUTES',
    schema: RoutesSchema,
    show: showRoutes,
  });

  api.post(
    '/v1/routes/try',
    { schema: { body: RoutesTrialSchema, response: answers(TriedRoutesSchema) } },
    async (request) => {
      wholeLead(context, request);
      const { text, since } = request.body;
      const { campaigns, ruleset } = await readStanding(store.pool, alerting);
      const tried = await tryRoutes(store.pool, text, {
        config: alerting,
        campaigns,
        ruleset,
        since: since === undefined ? null : new Date(since),
      });
      return {
        events: tried.events,
        channels: [...tried.channels],
        movedTotal: tried.moved.length,
        moved: tried.moved.slice(0, ALERTS_SHOWN).map(({ event, before, after }) => ({
          alertId: event.alert.id,
          change: event.change,
          at: event.at,
          severity: event.alert.severity,
          tier: event.alert.tier,
          before: [...before],
          after: [...after],
        })),
      };
    },
  );
}
