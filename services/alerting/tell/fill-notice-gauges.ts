import { type Metrics } from '@leakwatch/runtime';
import { type Queryable } from '@leakwatch/store';
import { countFailingNotices } from './queries/count-failing-notices.ts';

/** Sets every channel, those without a failing notice too: a channel that came back shows 0. */
export async function fillNoticeGauges(
  db: Queryable,
  channels: readonly string[],
  { noticesFailing }: Pick<Metrics, 'noticesFailing'>,
): Promise<void> {
  const failing = await countFailingNotices(db);
  for (const channel of channels) noticesFailing.set({ channel }, failing.get(channel) ?? 0);
}
