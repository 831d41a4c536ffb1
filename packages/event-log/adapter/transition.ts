/** A state machine as a table: state → event → next state. */
export type Transitions<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Event, State>>>>
>;

/**
 * Gives the state after an event.
 *
 * @param what - names the machine in the error
 * @throws Error for an event that the table does not allow in this state: a mistake in the program
 */
export function transition<State extends string, Event extends string>(
  what: string,
  table: Transitions<State, Event>,
  state: State,
  event: Event,
): State {
  const next = table[state][event];
  if (next === undefined) throw new Error(`${what}: no "${event}" while "${state}"`);
  return next;
}
