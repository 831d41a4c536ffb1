import { createRequire } from 'node:module';
import { z } from 'zod';

/** Hashes a picture to 64 digits, 0 or 1. A CommonJS function, though its types say otherwise. */
export const sharpPhash = z
  .custom<(bytes: Buffer) => Promise<string>>((value) => typeof value === 'function')
  .parse(createRequire(import.meta.url)('sharp-phash'));
