import colors from 'picocolors';
import { type incident } from '@leakwatch/console/schemas';
import { formatShare, printable } from './format.ts';

type Post = incident.Post;
type PictureMatch = incident.PictureMatch;

/** The posts behind an alert, as the console shows them. */
export interface ShownPosts {
  readonly posts: readonly Post[];
  readonly pictureMatches: readonly PictureMatch[];
  readonly saved?: SavedPictures | undefined;
}

/** Paths of pictures that were saved. */
export interface SavedPictures {
  /** Posted pictures, by `pictureKey`. */
  readonly posted: ReadonlyMap<string, string>;
  /** Assets that they show, by the detection's id. */
  readonly assets: ReadonlyMap<string, string>;
}

export function pictureKey(postId: string, mediaIndex: number): string {
  return `${postId} ${mediaIndex}`;
}

const LONGEST_LINE = 2_000;
const STANDING = {
  stands: 'still stands',
  edited: 'was edited: what matched is gone',
  deleted: 'was deleted',
} as const;

const GRADES = {
  same: 'the whole picture',
  part: 'a part of it',
  'same-layout': 'its layout with other content',
} as const;

/** Each post as its reader saw it, with what matched in brackets, and in reverse video on a terminal. */
export function formatPosts(
  { posts, pictureMatches, saved }: ShownPosts,
  isColoured = colors.isColorSupported,
): string[] {
  const { bold, inverse } = colors.createColors(isColoured);
  const mark = isColoured ? inverse : (part: string) => `[${part}]`;
  return posts.flatMap((post) => [
    '',
    bold(
      `${nameOf(post)} on ${printable(post.platform, 40)}, ${post.publishedAt}: ${STANDING[post.standing]}`,
    ),
    ...(post.url === null ? [] : [printable(post.url, 400)]),
    ...post.fields.flatMap((field) => formatField(field, mark)),
    ...post.pictures.flatMap((picture) =>
      formatPicture(picture, {
        matches: matchesOf(post, picture, pictureMatches),
        savedAs: saved?.posted.get(pictureKey(post.id, picture.mediaIndex)),
        assets: saved?.assets,
      }),
    ),
  ]);
}

function nameOf({ author: { handle, displayName } }: Post): string {
  const name = displayName === null || displayName === '' ? '' : ` (${printable(displayName, 60)})`;
  return `@${printable(handle, 60)}${name}`;
}

type Mark = (part: string) => string;

function formatField({ kind, text, matches }: Post['fields'][number], mark: Mark): string[] {
  const spans = matches.map(({ span }) => span).toSorted(([one], [other]) => one - other);
  const lines = marked(text, spans, mark).map((line) => `  ${line}`);
  const found = matches.map(
    (match) =>
      `    “${printable(match.matched, 80)}” for ${printable(match.term, 80)}${formatEvidence(match)}`,
  );
  return [`${kind}:`, ...lines, ...new Set(found)];
}

/** How much of the asset a match shows, how sure it is, how it was disguised, and whether it is gone. */
function formatEvidence({
  grade = null,
  confidence,
  disguises,
  removedAt,
}: Pick<PictureMatch, 'confidence' | 'disguises' | 'removedAt'> &
  Partial<Pick<PictureMatch, 'grade'>>): string {
  const shown = grade === null ? '' : `, ${GRADES[grade]}`;
  const how = disguises.map(({ says }) => `, ${printable(says, 80)}`).join('');
  return `${shown}, ${formatShare(confidence)}${how}${removedAt === null ? '' : ', gone since'}`;
}

/** The lines of a text, with marks around each span. Spans that overlap share their marks. */
function marked(text: string, spans: readonly (readonly [number, number])[], mark: Mark): string[] {
  let out = '';
  let at = 0;
  for (const [from, to] of spans) {
    if (to <= at) continue;
    const begin = Math.max(from, at);
    out += plain(text.slice(at, begin));
    // A mark ends with its line.
    out += plain(text.slice(begin, to)).split('\n').map(mark).join('\n');
    at = to;
  }
  return `${out}${plain(text.slice(at))}`.split('\n');
}

/** A text without characters that steer a terminal; its lines stay. */
function plain(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => keepSpaces(line))
    .join('\n');
}

function keepSpaces(line: string): string {
  const [, before = '', inner = '', behind = ''] = /^(\s*)(.*?)(\s*)$/su.exec(line) ?? [];
  const space = (run: string) => (run === '' ? '' : ' ');
  return `${space(before)}${printable(inner, LONGEST_LINE)}${space(behind)}`;
}

function matchesOf({ id }: Post, { mediaIndex }: Post['pictures'][number], all: readonly PictureMatch[]) {
  return all.filter((one) => one.postId === id && one.mediaIndex === mediaIndex);
}

function formatPicture(
  { mediaIndex, alt, missing }: Post['pictures'][number],
  about: {
    readonly matches: readonly PictureMatch[];
    readonly savedAs: string | undefined;
    readonly assets: SavedPictures['assets'] | undefined;
  },
): string[] {
  const described = alt === null || alt === '' ? '' : `: ${printable(alt, 200)}`;
  const kept = missing === null ? 'kept' : `not kept: ${printable(missing, 200)}`;
  return [
    `picture ${mediaIndex + 1}${described} (${kept})${formatSaved(about.savedAs)}`,
    ...about.matches.map(
      (match) =>
        `    shows ${printable(match.asset.name, 80)}${formatEvidence(match)}${formatSaved(about.assets?.get(match.detectionId))}`,
    ),
  ];
}

function formatSaved(file: string | undefined): string {
  return file === undefined ? '' : `: ${printable(file, 400)}`;
}
