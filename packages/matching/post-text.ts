/**
 * Lays out the texts of a post as fields for the text engine. A post has more than its caption: a name in a handle, a poll or an
 * alternative text is a leak too. Fields are matched apart, so that no name is found across two of them.
 */
import { type Post, type SubmittedPost, type TextField, type TextFieldKind } from '@leakwatch/contracts';
import { type PostText } from '@leakwatch/text-matching';

/** The texts that both forms of a post, submitted and canonical, hold under the same names. */
type SharedTexts = Pick<Post, 'title' | 'contentWarning' | 'poll' | 'linkCard' | 'quoteOf' | 'place'>;

/** The texts that each form holds in its own way. */
interface OwnTexts {
  readonly caption: string;
  readonly altTexts: readonly string[];
  readonly fileNames: readonly string[];
  readonly tags: readonly string[];
  readonly links: readonly string[];
  readonly handle: string | undefined;
  readonly displayName: string | null | undefined;
  readonly address: string | null | undefined;
  readonly platform: string | undefined;
  readonly language: string | null | undefined;
}

export function textOfPost(post: Post): PostText {
  const { text, media, tags, links, author, canonicalUrl, platform, lang } = post;
  return layOut(post, {
    caption: text,
    altTexts: media.flatMap(({ altText }) => altText ?? []),
    fileNames: media.flatMap(({ fileName, sourceUrl }) => fileName ?? nameInAddress(sourceUrl)),
    tags,
    links,
    handle: author.handle,
    displayName: author.displayName,
    address: canonicalUrl,
    platform,
    language: lang,
  });
}

export function textOfSubmitted(post: SubmittedPost): PostText {
  const { text = '', media = [], tags = [], links = [], author, url, platform, lang } = post;
  return layOut(post, {
    caption: text,
    altTexts: media.flatMap(({ alt }) => alt ?? []),
    fileNames: media.flatMap((medium) =>
      medium.file === undefined ? nameInAddress(medium.url ?? null) : baseName(medium.file),
    ),
    tags,
    links,
    handle: author?.handle,
    displayName: author?.displayName,
    address: url,
    platform,
    language: lang,
  });
}

type Add = (kind: TextFieldKind, text: string | null | undefined) => void;

/** Every post comes through here: copying it to one shape would take longer than matching its text. */
function layOut(shared: SharedTexts, own: OwnTexts): PostText {
  const fields: TextField[] = [{ kind: 'caption', text: own.caption }];
  const add: Add = (kind, text) => {
    if (text !== undefined && text !== null && text !== '') fields.push({ kind, text });
  };
  for (const text of own.altTexts) add('alt-text', text);
  add('title', shared.title);
  add('content-warning', shared.contentWarning);
  for (const option of shared.poll?.options ?? []) add('poll-option', option);
  add('link-title', shared.linkCard?.title);
  add('link-description', shared.linkCard?.description);
  addTags(own, add);
  addLinks(shared, own, add);
  add('quoted', shared.quoteOf?.text);
  add('display-name', own.displayName);
  add('handle', own.handle);
  add('address', own.address);
  for (const name of own.fileNames) add('file-name', name);
  add('place', shared.place);
  return { fields, platform: own.platform, language: own.language ?? undefined };
}

/** Follows the last character of a hashtag, or of a link, that a caption holds as a whole. */
const TAG_ENDS = /^(?:$|[^\p{L}\p{M}\p{N}_])/u;
const LINK_ENDS = /^(?:$|[\s<>"'`)\]}»”’…,;!]|[.:?](?:\s|$))/u;

/** Adds the hashtags that the caption does not show, such as those that a platform keeps beside it. */
function addTags({ caption, tags }: OwnTexts, add: Add): void {
  for (const tag of tags) {
    const name = tag.trim().replace(/^[#＃]/, '');
    const isShown = ['#', '＃'].some((sign) => holdsWhole(caption, sign + name, TAG_ENDS));
    if (name !== '' && !isShown) add('hashtag', `#${name}`);
  }
}

/** Adds the links that the caption does not show. */
function addLinks({ linkCard, quoteOf }: SharedTexts, { caption, links }: OwnTexts, add: Add): void {
  if (links.length === 0 && linkCard?.url === undefined && quoteOf?.url === undefined) return;
  for (const link of new Set([linkCard?.url, quoteOf?.url, ...links])) {
    if (link !== undefined && !holdsWhole(caption, link, LINK_ENDS)) add('link', link);
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

/** A fingerprint's reference to its post holds these texts. */
const IN_REFERENCE: readonly TextFieldKind[] = ['handle', 'address'];
/** {@link layOut} adds these after them. */
const AFTER_REFERENCE: readonly TextFieldKind[] = ['file-name', 'place'];

/** The fields that a fingerprint keeps beside its words and its reference. */
export function fieldsToKeep({ fields }: PostText): TextField[] {
  return fields.filter(({ kind }, index) => index > 0 && !IN_REFERENCE.includes(kind));
}

/** The texts of a fingerprint: its words and all other fields. One from before there were fields has its words alone. */
export function textOfFingerprint(fingerprint: {
  readonly text: string;
  readonly fields?: readonly TextField[] | undefined;
  readonly language?: string | undefined;
  readonly post: {
    readonly platform: string;
    readonly authorHandle: string;
    readonly canonicalUrl: string | null;
  };
}): PostText {
  const { text, post, language } = fingerprint;
  const fields = fingerprint.fields === undefined ? [] : withReference(fingerprint.fields, post);
  const descriptions = fields.filter(({ kind }) => kind === 'alt-text').map((field) => `\n${field.text}`);
  const caption = text.slice(0, text.length - descriptions.join('').length);
  return {
    fields: [{ kind: 'caption', text: caption }, ...fields],
    language,
    platform: fingerprint.post.platform,
  };
}

/** Adds what the reference holds, at its place. Earlier fingerprints have it among their fields. */
function withReference(
  fields: readonly TextField[],
  { authorHandle, canonicalUrl }: { readonly authorHandle: string; readonly canonicalUrl: string | null },
): readonly TextField[] {
  if (fields.some(({ kind }) => IN_REFERENCE.includes(kind))) return fields;
  const referred: TextField[] = [];
  if (authorHandle !== '') referred.push({ kind: 'handle', text: authorHandle });
  if (canonicalUrl !== null && canonicalUrl !== '') referred.push({ kind: 'address', text: canonicalUrl });
  const place = fields.findIndex(({ kind }) => AFTER_REFERENCE.includes(kind));
  return place < 0
    ? [...fields, ...referred]
    : [...fields.slice(0, place), ...referred, ...fields.slice(place)];
}

/** The last part of an address's path; empty for an address without one. */
function nameInAddress(address: string | null): string[] {
  return address !== null && URL.canParse(address) ? [baseName(new URL(address).pathname)] : [];
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
