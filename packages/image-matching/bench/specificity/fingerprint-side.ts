import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { unpackAsset } from '../../fingerprint/asset-fingerprint.ts';
import { unpackPost } from '../../fingerprint/post-fingerprint.ts';
import { HammingIndex } from '../../hamming/hamming-index.ts';
import { IMAGE_ENGINE, ImageError, type ImageEngine } from '../../index.ts';
import { MIN_QUALITY } from '../../pdq/pdq-hash.ts';
import { type Side } from './free-packages.ts';

export interface Picture {
  /** `PACKAGE/FILE`. */
  readonly name: string;
  readonly file: string;
  readonly data: Uint8Array;
  /** Whether registration warns of what will not be found; never of an innocent. */
  readonly isWarned: boolean;
}

export interface FingerprintedSide {
  readonly pictures: readonly Picture[];
  /** Pictures left out because one before shows the same. */
  readonly alike: number;
  /** Pictures that the engine refuses, by its reason. */
  readonly refused: ReadonlyMap<string, number>;
}

/** Bits of 256 up to which two pictures of a side count as one: Meta's rule. */
const ALIKE_BITS = 31;

const KeptSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), data: z.string(), isWarned: z.boolean() }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
]);
type Kept = z.infer<typeof KeptSchema>;

/** Fingerprints a side's pictures, each once: `cache` keeps what the engine gave, by its version and the picture's SHA-256. */
export async function fingerprintSide(
  folder: string,
  side: Side,
  engine: ImageEngine,
  cache: string,
): Promise<FingerprintedSide> {
  const kept = path.join(cache, IMAGE_ENGINE.replace('/', '-'), side);
  mkdirSync(kept, { recursive: true });
  const pictures: Picture[] = [];
  const refused = new Map<string, number>();
  const seen = new HammingIndex();
  const digests = new Set<string>();
  let alike = 0;
  for (const name of namesIn(path.join(folder, side))) {
    const file = path.join(folder, side, name);
    const bytes = readFileSync(file);
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digests.has(digest)) {
      alike++;
      continue;
    }
    digests.add(digest);
    const entry = path.join(kept, `${digest}.json`);
    if (!existsSync(entry)) writeFileSync(entry, JSON.stringify(await analyse(bytes, side, engine)));
    const result = KeptSchema.parse(JSON.parse(readFileSync(entry, 'utf8')));
    if (result.kind === 'refused') {
      refused.set(result.reason, (refused.get(result.reason) ?? 0) + 1);
      continue;
    }
    const data = Buffer.from(result.data, 'base64');
    if (isAlike(seen, side, data)) alike++;
    else pictures.push({ name, file, data, isWarned: result.isWarned });
  }
  return { pictures, alike, refused };
}

async function analyse(bytes: Uint8Array, side: Side, engine: ImageEngine): Promise<Kept> {
  try {
    const { data, isWarned } =
      side === 'assets'
        ? await register(bytes, engine)
        : { ...(await engine.fingerprint(bytes)), isWarned: false };
    return { kind: 'read', data: Buffer.from(data).toString('base64'), isWarned };
  } catch (error) {
    if (error instanceof ImageError) return { kind: 'refused', reason: error.reason };
    throw error;
  }
}

async function register(bytes: Uint8Array, engine: ImageEngine) {
  const { data, warnings } = await engine.register(bytes);
  return { data, isWarned: warnings.length > 0 };
}

/** Tells whether a picture is like one before, and remembers it. The hash of a flat picture says nothing. */
function isAlike(seen: HammingIndex, side: Side, data: Uint8Array): boolean {
  const { hash, quality } = hashIn(side, data);
  if (quality < MIN_QUALITY) return false;
  let found = false;
  seen.search(hash, ALIKE_BITS, () => {
    found = true;
  });
  seen.add(hash);
  return found;
}

function hashIn(side: Side, data: Uint8Array) {
  if (side === 'assets') {
    const { turned, quality } = unpackAsset(data);
    return { hash: turned[0]!, quality };
  }
  const { hash, quality } = unpackPost(data).frames[0]!;
  return { hash, quality };
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}
