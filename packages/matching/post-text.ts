/**
 * Lays out the texts of a post as fields for the text engine. A post has more than its caption: a name in a handle, a poll or an
 * alternative text is a leak too. Fields are matched apart, so that no name is found across two of them.
 */
import { type Post, type SubmittedPost, type TextField, type TextFieldKind } from '@leakwatch/contracts';
import { type PostText } from '@leakwatch/text-matching';

/** The texts of a post in either form: as submitted, or canonical. */
type Written = Pick<Post, 'title' | 'contentWarning' | 'poll' | 'linkCard' | 'quoteOf' | 'place'> & {
  readonly text: string;
  readonly altTexts: readonly string[];
  readonly fileNames: readonly string[];
  readonly tags: readonly string[];
  readonly links: readonly string[];
  readonly handle: string | undefined;
  readonly displayName: string | null | undefined;
  readonly address: string | null | undefined;
  readonly platform: string | undefined;
  readonly language: string | null | undefined;
};

export function textOfPost(post: Post): PostText {
  return layOut({
    ...post,
    altTexts: post.media.flatMap(({ altText }) => altText ?? []),
    fileNames: post.media.flatMap(({ fileName, sourceUrl }) => fileName ?? nameInAddress(sourceUrl)),
    handle: post.author.handle,
    displayName: post.author.displayName,
    address: post.canonicalUrl,
    language: post.lang,
  });
}

export function textOfSubmitted(post: SubmittedPost): PostText {
  const media = post.media ?? [];
  return layOut({
    ...post,
    text: post.text ?? '',
    altTexts: media.flatMap(({ alt }) => alt ?? []),
    fileNames: media.flatMap(({ file, url }) =>
      file === undefined ? nameInAddress(url ?? null) : baseName(file),
    ),
    handle: post.author?.handle,
    displayName: post.author?.displayName,
    tags: post.tags ?? [],
    links: post.links ?? [],
    address: post.url,
    platform: post.platform,
    language: post.lang,
  });
}

function layOut(post: Written): PostText {
  const fields: TextField[] = [{ kind: 'caption', text: post.text }];
  const add = (kind: TextFieldKind, text: string | null | undefined) => {
    if (text !== undefined && text !== null && text !== '') fields.push({ kind, text });
  };
  for (const text of post.altTexts) add('alt-text', text);
  add('title', post.title);
  add('content-warning', post.contentWarning);
  for (const option of post.poll?.options ?? []) add('poll-option', option);
  add('link-title', post.linkCard?.title);
  add('link-description', post.linkCard?.description);
  addLists(post, add);
  add('quoted', post.quoteOf?.text);
  add('display-name', post.displayName);
  add('handle', post.handle);
  add('address', post.address);
  for (const name of post.fileNames) add('file-name', name);
  add('place', post.place);
  return { fields, platform: post.platform, language: post.language ?? undefined };
}

/** Follows the last character of a hashtag, or of a link, that a caption holds as a whole. */
const TAG_ENDS = /^(?:$|[^\p{L}\p{M}\p{N}_])/u;
const LINK_ENDS = /^(?:$|[\s<>"'`)\]}»”’…,;!]|[.:?](?:\s|$))/u;

/** Adds the hashtags and links that the caption does not show, such as those that a platform keeps beside it. */
function addLists(post: Written, add: (kind: TextFieldKind, text: string) => void): void {
  for (const tag of post.tags) {
    const name = tag.trim().replace(/^[#＃]/, '');
    const isShown = ['#', '＃'].some((sign) => holdsWhole(post.text, sign + name, TAG_ENDS));
    if (name !== '' && !isShown) add('hashtag', `#${name}`);
  }
  for (const link of new Set([post.linkCard?.url, post.quoteOf?.url, ...post.links])) {
    if (link !== undefined && !holdsWhole(post.text, link, LINK_ENDS)) add('link', link);
  }
}

function holdsWhole(text: string, part: string, ends: RegExp): boolean {
  for (let at = text.indexOf(part); at >= 0 && part !== ''; at = text.indexOf(part, at + 1)) {
    const to = at + part.length;
    if (ends.test(text.slice(to, to + 2))) return true;
  }
  return false;
}

/** A post's own words as one text: its caption, then a line for each picture's description. Approved texts are compared with it. */
export function wordsOf(post: PostText): string {
  return linesOf(post, ['caption', 'alt-text']);
}

/** A post's own words and the hashtags beside them. A disclosure is looked for in it. */
export function wordsAndTagsOf(post: PostText): string {
  return linesOf(post, ['caption', 'alt-text', 'hashtag']);
}

function linesOf({ fields }: PostText, kinds: readonly TextFieldKind[]): string {
  const lines = fields.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
  return lines.join('\n');
}

/** The texts of a fingerprint: its words and all other fields. One from before there were fields has its words alone. */
export function textOfFingerprint(fingerprint: {
  readonly text: string;
  readonly fields?: readonly TextField[] | undefined;
  readonly language?: string | undefined;
  readonly post: { readonly platform: string };
}): PostText {
  const { text, fields = [], language } = fingerprint;
  const descriptions = fields.filter(({ kind }) => kind === 'alt-text').map((field) => `\n${field.text}`);
  const caption = text.slice(0, text.length - descriptions.join('').length);
  return {
    fields: [{ kind: 'caption', text: caption }, ...fields],
    language,
    platform: fingerprint.post.platform,
  };
}

/** The last part of an address's path; empty for an address without one. */
function nameInAddress(address: string | null): string[] {
  return address !== null && URL.canParse(address) ? [baseName(new URL(address).pathname)] : [];
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
