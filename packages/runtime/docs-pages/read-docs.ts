import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folders of docs that are served, the runbooks and what they lead to. */
const FOLDERS = ['runbooks', 'operate', 'use'];

/** The docs beside the bundled command, or in this checkout. */
const PLACES = ['docs', '../../../docs'].map((place) => path.resolve(import.meta.dirname, place));

/** Reads the pages by their path below docs, `runbooks/LeakwatchDown.md`. Empty if they are not there. */
export function readDocs(): ReadonlyMap<string, string> {
  for (const place of PLACES) {
    const pages = FOLDERS.flatMap((folder) => pagesIn(place, folder));
    if (pages.length > 0) return new Map(pages);
  }
  return new Map();
}

function pagesIn(place: string, folder: string): (readonly [string, string])[] {
  try {
    return readdirSync(path.join(place, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => [`${folder}/${name}`, readFileSync(path.join(place, folder, name), 'utf8')] as const);
  } catch {
    return [];
  }
}
