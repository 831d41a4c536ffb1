/** What the canary's posts are found by in the text lane. Nobody writes it: a post that holds it is the canary's or a joke. */
export const CANARY_TERM = 'leakwatchcanary7q4zx9k2';
