/** Sorts alerts, the worst first: by severity, and within one by priority. As the index `alert_by_priority` has it. */
export const BY_PRIORITY = `(-1000 * array_position(ARRAY['low', 'medium', 'high', 'critical'], a.severity) - a.priority)`;
