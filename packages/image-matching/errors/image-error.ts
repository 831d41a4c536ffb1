/** Reasons of an {@link ImageError}. A closed set: metrics count by it. */
export const IMAGE_FAILURE_REASONS = [
  'empty',
  'unsupported-format',
  'unsupported-codec',
  'truncated',
  'corrupt',
  'too-many-pixels',
  'too-small',
  'deadline',
  'worker-crashed',
  'unreadable-fingerprint',
] as const;
export type ImageFailureReason = (typeof IMAGE_FAILURE_REASONS)[number];

/** The image or the fingerprint is at fault; a retry would fail again. */
export class ImageError extends Error {
  readonly reason: ImageFailureReason;

  constructor(reason: ImageFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ImageError';
    this.reason = reason;
  }
}

/** The engine is at fault (closed, overloaded, without workers), not the image; a retry may succeed. */
export class EngineUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineUnavailableError';
  }
}
