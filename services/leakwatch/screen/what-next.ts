import { typedHere } from '../typed.ts';
import { type Screen } from './screen.ts';

/** Shows what can be done with a list of alerts, by its first. */
export function tellWhatNext(alertId: string, screen: Screen): void {
  const id = alertId.slice(0, 8);
  screen.note('next, as for the first of them:');
  screen.note(`  ${typedHere(`alerts show ${id} --details`)}`);
  screen.note(`  ${typedHere(`alerts acknowledge ${id}`)}`);
  screen.note(`  ${typedHere(`verdict ${id} confirmed --reason "…"`)}   (or false-positive, or approved)`);
}

/** Shows the command that gives a reviewed post its verdict. */
export function describeVerdict(words: string): string {
  return `\nverdict: ${typedHere(`${words} --verdict leak`)}   (or innocent; --campaign ID names the leak's campaign)`;
}
