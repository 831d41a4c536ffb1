/** An instant for people, in a text that is read anywhere: `2026-11-30 12:22 UTC`. */
export function formatMinute(at: Date | string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
