import { ImageError } from '../errors/image-error.ts';
import { type RasterFormat } from './sniff-format.ts';

/** A picture of a known format that is packed in a way which no decoder here reads. */
export function unsupportedCodec(format: RasterFormat, what: string, cause?: unknown): ImageError {
  const message = `the ${format} file's kind of compression is not decoded: ${what}`;
  return new ImageError('unsupported-codec', message, { cause });
}
