/**
 * Keeps what trials of assets gave, in the user's cache, so that a picture is tried once. It holds digests of pictures, no names and no
 * pictures.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { GradeSchema } from '@leakwatch/contracts';
import { IMAGE_ENGINE, LEAK_WAYS, LEAK_WAYS_VERSION } from '@leakwatch/image-matching';
import { type AssetTrial, type PlacedAsset } from '@leakwatch/matching';
import { z } from 'zod';

/** Trials of other engines say nothing of this one. */
const MADE_BY = `${IMAGE_ENGINE} ways/${LEAK_WAYS_VERSION}`;
/** The oldest go first. */
const MOST_TRIALS = 20_000;

const MemorySchema = z.object({
  madeBy: z.literal(MADE_BY),
  trials: z.record(
    z.string(),
    z.object({
      missed: z.array(z.enum(LEAK_WAYS)),
      near: z.array(z.object({ sha256: z.string(), cleared: z.boolean(), grade: GradeSchema })),
    }),
  ),
});

export type Trials = Map<string, AssetTrial>;

/** The same picture under another policy is another trial. */
export function trialKey({ asset, alertOn }: PlacedAsset): string {
  return [asset.sha256, ...alertOn.toSorted()].join(' ');
}

/** Gives what is remembered; nothing where there is no file, or one of another version. */
export async function recallTrials(): Promise<Trials> {
  let text: string;
  try {
    text = await readFile(fileOfTrials(), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
  const { success, data } = MemorySchema.safeParse(parsed(text));
  return new Map(success ? Object.entries(data.trials) : []);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export async function rememberTrials(trials: Trials): Promise<void> {
  const file = fileOfTrials();
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  const kept = Object.fromEntries([...trials].slice(-MOST_TRIALS));
  await writeFile(fresh, JSON.stringify({ madeBy: MADE_BY, trials: kept }), { mode: 0o600 });
  await rename(fresh, file);
}

function fileOfTrials(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return path.join(cache, 'leakwatch', 'trials.json');
}
