import { type Outcome } from '@leakwatch/event-log';

/** @throws RangeError if a step gave fewer outcomes than records */
export function outcomeAt(outcomes: readonly Outcome[], index: number): Outcome {
  const outcome = outcomes[index];
  if (outcome === undefined) throw new RangeError(`no outcome for record ${index}`);
  return outcome;
}
