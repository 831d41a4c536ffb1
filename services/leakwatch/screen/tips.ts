import { type Tip, type TipCount } from '@leakwatch/alerting/desk';
import { formatMinute } from '@leakwatch/runtime';
import colors from 'picocolors';
import { formatTable, printable } from './format.ts';

const SHORT_ID = 8;

/** Formats a table; anything that could identify a creator needs `details`. */
export function formatTips(tips: readonly Tip[], { details }: { details: boolean }): string {
  const head = ['id', 'received', 'class', 'sender', 'state', 'alert', ...(details ? ['post', 'seen'] : [])];
  return formatTable(
    head,
    tips.map((tip) => [
      tip.id.slice(0, SHORT_ID),
      formatMinute(tip.receivedAt),
      tip.senderClass,
      printable(tip.sender, 24),
      tip.verdict === null ? tip.state : `${tip.state}: ${tip.verdict}`,
      tip.alertId?.slice(0, SHORT_ID) ?? '',
      ...(details ? [printable(namesOf(tip).join(' '), 80), printable(tip.seen, 60)] : []),
    ]),
  );
}

/** `peer: 3 tips, 1 of 2 judged were leaks` */
export function formatTipCounts(counts: readonly TipCount[]): string {
  return counts
    .map(({ senderClass, tips, judged, leaks }) => {
      const share = judged === 0 ? 'none judged' : `${leaks} of ${judged} judged were leaks`;
      return `${senderClass}: ${tips} ${tips === 1 ? 'tip' : 'tips'}, ${share}`;
    })
    .join(' · ');
}

/** Formats one tip with everything to look at. */
export function formatTip(tip: Tip): string {
  const heard = tip.postKnown === true ? 'received, and no alert has it' : 'not known to have been received';
  return [
    `${colors.bold(`tip ${tip.id.slice(0, SHORT_ID)}`)}  by ${tip.senderClass}, ${formatMinute(tip.receivedAt)}`,
    ...namesOf(tip).map((name) => `post       ${printable(name, 200)}`),
    `           ${heard}`,
    ...(tip.campaignId === null ? [] : [`campaign   ${printable(tip.campaignId, 80)}`]),
    ...(tip.contact === null ? [] : [`contact    ${printable(tip.contact, 200)}`]),
    ...(tip.seen === '' ? [] : ['', ...tip.seen.split('\n').map((line) => `  ${printable(line, 2000)}`)]),
  ].join('\n');
}

function namesOf({ links, platform, instance, nativeId }: Tip): string[] {
  if (nativeId === null) return links;
  return [...links, [platform, instance, nativeId].filter((part) => part !== null).join(' ')];
}
