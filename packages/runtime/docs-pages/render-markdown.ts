import { Marked } from 'marked';
import { escapeHtml } from './page.ts';

/**
 * Renders a page of our docs. HTML in it is text.
 *
 * @param hrefOf - the address of a link; null leaves its text alone. Pictures are left out: none is served.
 */
export function renderMarkdown(markdown: string, hrefOf: (link: string) => string | null): string {
  const marked = new Marked({
    renderer: {
      html: ({ text }) => escapeHtml(text),
      image: ({ text }) => escapeHtml(text),
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${escapeHtml(anchorOf(text))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const address = hrefOf(href);
        return address === null ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

/** As GitHub names a heading: links into a page lead there and here. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
