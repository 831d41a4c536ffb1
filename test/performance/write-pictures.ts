import { existsSync } from 'node:fs';
import path from 'node:path';
import { type PlannedPost, type PlantedPosts } from './planted-posts.ts';
import { writeMedium, type Testbed } from './testbed.ts';

/** Puts the pictures that posts name where ingest looks for them. */
export async function writePictures(
  { media }: Testbed,
  from: PlantedPosts,
  posts: readonly PlannedPost[],
): Promise<void> {
  const files = new Set(posts.flatMap(({ head }) => /"file":"([^"]+)"/.exec(head)?.[1] ?? []));
  for (const file of files) {
    if (!existsSync(path.join(media, file))) await writeMedium(media, file, await from.openMedia(file));
  }
}
