import { type FastifyInstance } from 'fastify';
import { HTML, page, PAGE_HEADERS } from './page.ts';
import { renderMarkdown } from './render-markdown.ts';

/** As long as every command accepts for an id. */
const ID_DIGITS = 8;
const ID = /^[0-9a-f]{8,64}$/;

/**
 * Serves the page to which a notice leads where no console runs. It says how to look at the alert and reads nothing: whoever
 * reaches this port has not signed in.
 */
export function serveAlertPage(server: FastifyInstance): void {
  server.get<{ Params: { id: string } }>('/alerts/:id', (request, reply) => {
    const { id } = request.params;
    reply.headers(PAGE_HEADERS).type(HTML);
    if (!ID.test(id)) return reply.code(404).send(page('No such alert', '<h1>No such alert</h1>'));
    const short = id.slice(0, ID_DIGITS);
    return reply.send(
      page(
        `Alert ${short}`,
        renderMarkdown(textFor(short), (link) => link),
      ),
    );
  });
}

function textFor(id: string): string {
  return `# Alert ${id}

This leakwatch runs without a console, so the alert is looked at with the command, on the machine or in the installation that it runs in:

\`\`\`sh
leakwatch alerts show ${id} --details
leakwatch alerts acknowledge ${id}
leakwatch verdict ${id} confirmed --reason "…"
\`\`\`

The first shows what was found, in which post and by whom. The second says that you have taken it up, and stops the calls to others. The third closes it; the other
verdicts are \`false-positive\` and \`approved\`.

| installation | \`leakwatch …\` is |
| --- | --- |
| \`leakwatch up\`, or a process for each service | \`leakwatch …\`, with the same \`--data-dir\` or \`DATABASE_URL\` |
| a checkout | \`npm run --silent leakwatch -- …\` |
| compose | \`docker compose run --rm leakwatch …\` |

With a console these links lead to it: take \`LEAKWATCH_CONSOLE=off\` away, or start \`leakwatch run console\` and say its address in \`LEAKWATCH_CONSOLE_URL\`.
See [runbooks](/docs/runbooks/README.md).
`;
}
