/** Why an image could not be fingerprinted, or a fingerprint not be read. A closed set: callers count by it. */
export const IMAGE_FAILURE_REASONS = [
  'empty',
  'unsupported-format',
  'truncated',
  'corrupt',
  'too-many-pixels',
  'too-small',
  'deadline',
  'worker-crashed',
  'unreadable-fingerprint',
] as const;
export type ImageFailureReason = (typeof IMAGE_FAILURE_REASONS)[number];

/** An image is at fault, and would be again: retrying it is of no use. */
export class ImageError extends Error {
  readonly reason: ImageFailureReason;

  constructor(reason: ImageFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ImageError';
    this.reason = reason;
  }
}

/** The engine is at fault (closed, overloaded, its workers don't start), not the image: try again later. */
export class EngineUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineUnavailableError';
  }
}
