/**
 * The newest verdict on an alert, as an expression in SQL. A duplicate takes the verdict on the alert it was merged
 * into.
 *
 * @param id - a column, like `duplicateOf`
 */
export function newestVerdict(id: string, duplicateOf: string): string {
  return `(
    SELECT verdict FROM alert_verdict WHERE alert_id = coalesce(${duplicateOf}, ${id}) AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1
  )`;
}
