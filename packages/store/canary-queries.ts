/** Queries over the canary, in the order of its life. */
export { takeCanaryTurn } from './queries/canary-take-turn.ts';
export { expectCanary } from './queries/canary-expect-probes.ts';
export { noteCanaryArrivals, type CanaryArrival } from './queries/canary-note-arrivals.ts';
export { giveUpCanaries } from './queries/canary-give-up.ts';
export { forgetCanaries } from './queries/canary-forget.ts';
export { loadCanaryState, type CanaryState } from './queries/canary-load-state.ts';
