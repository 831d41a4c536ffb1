/** The next deadline, from the table `alert` under the name `a`. `nextDeadline` (life/deadlines.ts) says the same. */
export const DEADLINE = `CASE a.state WHEN 'open' THEN a.due_at WHEN 'resolved' THEN NULL ELSE a.resolve_due_at END`;
