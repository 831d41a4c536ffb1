import { MoveAnswerSchema, type Incident } from '@leakwatch/console/schemas';
import { workOneByOne } from '../commands/work-one-by-one.ts';
import { readAnswers, type Answers } from '../screen/answers.ts';
import { type Screen } from '../screen/screen.ts';
import { loadIncident, loadPages, showIncident } from './alerts.ts';
import { type ServerClient } from './server-client.ts';

/** Works through the active alerts that the token may see, as its account. */
export async function workThroughOverServer(
  server: ServerClient,
  screen: Screen,
  answers: Answers = readAnswers(),
): Promise<void> {
  try {
    await workOneByOne<Incident>(
      {
        next: async (skipped) => {
          const { items, total } = await loadPages(server, {
            filter: {},
            sort: 'priority',
            limit: skipped.size + 1,
            page: 1,
          });
          const next = items.find(({ id }) => !skipped.has(id));
          return { alert: next === undefined ? null : await loadIncident(server, next.id), left: total };
        },
        show: (incident) => {
          showIncident(incident, true, screen);
          return Promise.resolve();
        },
        // The version that the person saw: a change since is refused with who made it.
        move: async ({ id, version }, move, reason) => {
          await server.post(MoveAnswerSchema, `/v1/incidents/${id}/moves`, { version, move, reason });
        },
      },
      screen,
      answers,
    );
  } finally {
    answers.close();
  }
}
