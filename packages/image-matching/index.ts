export { IMAGE_ENGINE, isReadableEngine } from './fingerprint/format.ts';
export {
  EngineUnavailableError,
  IMAGE_FAILURE_REASONS,
  ImageError,
  type ImageFailureReason,
} from './errors/image-error.ts';
export {
  createImageEngine,
  type FingerprintedImage,
  type ImageEngine,
  type ImageEngineOptions,
  type RegisteredImage,
} from './engine/image-engine.ts';
export { pictureType } from './decode/open-picture.ts';
export { type PictureNote } from './decode/picture-note.ts';
export { LEAK_WAYS, LEAK_WAYS_VERSION, type LeakedCopy, type LeakWay } from './trial/leak-ways.ts';
export { compileImageMatcher, imageMatcherSteps, type ImageMatcher } from './matcher/image-matcher.ts';
export { type AssetThresholds, type ImageItem, type ImageMatch } from './matcher/image-match.ts';
