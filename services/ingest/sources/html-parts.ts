import { decodeHTML } from 'entities';

/** The text of a piece of HTML, with the pictures and links in it. */
export interface HtmlParts {
  readonly text: string;
  readonly pictures: readonly { readonly url: string; readonly alt: string | undefined }[];
  readonly links: readonly string[];
}

const BLOCK_END = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|blockquote|figure|section|article)\b[^<>]{0,2000}>/gi;
const HIDDEN = /<(script|style)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;
const TAG = /<[a-z/!][^<>]{0,4000}>/gi;

/** Reads HTML as a reader would see it. Each expression reads a bounded stretch, so hostile HTML costs no more than its length. */
export function readHtml(html: string): HtmlParts {
  const visible = html.replace(HIDDEN, '');
  const tags = visible.match(TAG) ?? [];
  const pictures = tags.flatMap((tag) => {
    const url = /^<img\b/i.test(tag) ? attributeOf(tag, 'src') : undefined;
    return url === undefined ? [] : [{ url, alt: attributeOf(tag, 'alt') }];
  });
  const links = tags.flatMap((tag) => {
    const url = /^<a\b/i.test(tag) ? attributeOf(tag, 'href') : undefined;
    return url === undefined ? [] : [url];
  });
  const text = decodeHTML(visible.replace(BLOCK_END, '\n').replace(TAG, ''))
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
  return { text, pictures, links };
}

/** The value of a tag's attribute; undefined without one. */
export function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? undefined : decodeHTML(value.trim());
}
