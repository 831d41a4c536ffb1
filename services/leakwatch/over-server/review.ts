import { NextSampleSchema, ReviewAnswerSchema } from '@leakwatch/console/schemas';
import { type ReviewVerdict } from '@leakwatch/contracts';
import { SampleDecidedSchema } from '../outcomes.ts';
import { printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { type ServerClient } from './server-client.ts';
import { describeVerdict } from '../screen/what-next.ts';

const LONGEST_TEXT = 4000;

/** Shows the next post to review, and keeps it for the token's account. */
export async function nextOverServer(
  server: ServerClient,
  { json }: { readonly json: boolean },
  screen: Screen,
): Promise<void> {
  const { sample, campaigns } = await server.post(NextSampleSchema, '/v1/review/next', {});
  if (sample === null) {
    screen.note('nothing waits for review');
    return;
  }
  if (json) {
    screen.result(JSON.stringify(sample));
    return;
  }
  const { id, platform, handle, url, publishedAt, fields, pictures } = sample;
  screen.result(`sample ${id}  ${printable(platform, 20)} @${printable(handle, 40)}, ${publishedAt}`);
  if (url !== null) screen.result(printable(url, 200));
  for (const { kind, text } of fields) screen.result(`${kind}: ${printable(text, LONGEST_TEXT)}`);
  if (pictures.length > 0) screen.result(`pictures: ${pictures.length}, to be seen in the console`);
  const names = campaigns.map((campaign) => printable(campaign.id, 40)).join(', ');
  screen.note(`${describeVerdict(`review decide ${id}`)}; campaigns: ${names}`);
}

/** Records the verdict on a drawn post. */
export async function decideOverServer(
  server: ServerClient,
  decision: {
    readonly id: string;
    readonly verdict: ReviewVerdict;
    readonly campaign?: string | undefined;
  },
  screen: Screen,
): Promise<void> {
  const { id, verdict, campaign = null } = decision;
  const path = `/v1/review/${encodeURIComponent(id)}`;
  const { missed } = await server.post(ReviewAnswerSchema, path, { verdict, campaignId: campaign });
  screen.outcome(
    SampleDecidedSchema,
    { id, verdict, minutes: null, missed },
    `sample ${id.slice(0, 8)}: ${verdict}`,
  );
  if (missed) screen.problem('no alert has this leak');
}
