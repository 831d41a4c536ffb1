/** The text lane finds the canary's posts by this term. No real post contains it, except as a joke. */
export const CANARY_TERM = 'leakwatchcanary7q4zx9k2';
