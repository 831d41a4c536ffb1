/** A mistake in a request for a re-scan; the message is for the person who asked. */
export class RescanError extends Error {
  override readonly name = 'RescanError';
}
