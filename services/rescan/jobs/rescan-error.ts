/** A request for a re-scan that makes no sense; its message is for whoever asked. */
export class RescanError extends Error {
  override readonly name = 'RescanError';
}
