import { setTimeout as sleep } from 'node:timers/promises';
import { PROMPT, type Terminal } from './terminal.ts';

/** How a person works: the pause before a command, and that in which an alert is read. */
interface Pace {
  thinkMs(): number;
  readMs(): number;
}

const DONE = /(\d+) of \d+ changed/;

/**
 * Clears alerts as an analyst does: looks at the list, gives those that are alike one verdict, and judges the rest one a screen.
 *
 * @param wanted - the number of alerts to clear
 * @param alike - a filter of alerts that one verdict fits
 */
export async function clearAlerts(
  terminal: Terminal,
  { wanted, alike, pace }: { readonly wanted: number; readonly alike: string; readonly pace: Pace },
): Promise<void> {
  const call = async (words: string): Promise<void> => {
    await terminal.until(ends(PROMPT));
    await sleep(pace.thinkMs());
    await terminal.type(`leakwatch ${words}\r`);
  };
  await call('alerts list --state open --sort priority --limit 6');
  await call(`alerts list ${alike} --details --limit 5`);
  const verdict = `verdict ${alike} --reason "each shows it before the lift"`;
  await call(`${verdict} --dry-run confirmed`);
  await call(`${verdict} confirmed`);
  const [, cleared = '0'] = DONE.exec(await terminal.until(DONE)) ?? [];
  await call('alerts next');
  for (let left = wanted - Number(cleared); left > 0; left -= 1) {
    await terminal.until(ends('quit > '));
    await sleep(pace.readMs());
    await terminal.type('c');
    await terminal.until(ends('): '));
    await terminal.type('\r');
  }
  await terminal.until(ends('quit > '));
  await terminal.type('q');
  await call('report');
  await terminal.until(ends(PROMPT));
}

function ends(text: string): RegExp {
  return new RegExp(`${text.replaceAll(/[$().?]/g, String.raw`\$&`)}$`);
}
