/**
 * Renders the Markdown that our pages of docs use: headings, paragraphs, lists, tables, code, links, emphasis. Everything else is
 * shown as it is written, and HTML is text.
 *
 * @param hrefOf - the address of a link; null leaves its text alone
 */
export function renderMarkdown(markdown: string, hrefOf: (link: string) => string | null): string {
  return blocksOf(markdown.replaceAll('\r\n', '\n').split('\n'))
    .map((block) => renderBlock(block, hrefOf))
    .join('\n');
}

type HrefOf = (link: string) => string | null;

type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly string[][] }
  | { readonly kind: 'paragraph'; readonly lines: readonly string[] };

const FENCE = /^ *```/;
const HEADING = /^(#{1,6}) +(.*)$/;
const ITEM = /^(?:([-*])|(\d+)\.) +/;

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (belongs: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && belongs(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const [, marks = '', title = ''] = HEADING.exec(line) ?? [];
    if (line.trim() === '') at += 1;
    else if (marks !== '') {
      blocks.push({ kind: 'heading', level: marks.length, text: title });
      at += 1;
    } else if (FENCE.test(line)) {
      at += 1;
      blocks.push({ kind: 'code', lines: takeWhile((one) => !FENCE.test(one)) });
      at += 1;
    } else if (line.startsWith('|')) {
      blocks.push({ kind: 'table', lines: takeWhile((one) => one.startsWith('|')) });
    } else if (ITEM.test(line)) {
      const start = ITEM.exec(line)?.[2];
      const own = takeWhile((one) => one.trim() === '' || ITEM.test(one) || /^ {2,}\S/.test(one));
      blocks.push({ kind: 'list', start: start === undefined ? null : Number(start), items: itemsOf(own) });
    } else {
      blocks.push({ kind: 'paragraph', lines: takeWhile((one) => one.trim() !== '' && !startsBlock(one)) });
    }
  }
  return blocks;
}

/** A block that needs no empty line before it. */
function startsBlock(line: string): boolean {
  return HEADING.test(line) || FENCE.test(line) || line.startsWith('|') || ITEM.test(line);
}

/** The lines of each item, without their mark and indentation. */
function itemsOf(lines: readonly string[]): string[][] {
  const items: string[][] = [];
  let indent = 0;
  for (const line of lines) {
    const [mark] = ITEM.exec(line) ?? [];
    if (mark !== undefined) {
      indent = mark.length;
      items.push([line.slice(indent)]);
    } else items.at(-1)?.push(line.slice(Math.min(indent, line.length - line.trimStart().length)));
  }
  return items;
}

function renderBlock(block: Block, hrefOf: HrefOf): string {
  switch (block.kind) {
    case 'heading': {
      const id = block.text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-');
      return `<h${block.level} id="${escapeHtml(id)}">${inline(block.text, hrefOf)}</h${block.level}>`;
    }
    case 'code':
      return `<pre><code>${escapeHtml(block.lines.join('\n'))}</code></pre>`;
    case 'table':
      return renderTable(block.lines, hrefOf);
    case 'list': {
      const items = block.items.map((lines) => `<li>${renderItem(lines, hrefOf)}</li>`).join('\n');
      return block.start === null ? `<ul>\n${items}\n</ul>` : `<ol start="${block.start}">\n${items}\n</ol>`;
    }
    case 'paragraph':
      return `<p>${inline(block.lines.join(' '), hrefOf)}</p>`;
  }
}

/** A single paragraph stands in its item without a margin. */
function renderItem(lines: readonly string[], hrefOf: HrefOf): string {
  const blocks = blocksOf(lines);
  return blocks
    .map((block, index) =>
      index === 0 && block.kind === 'paragraph'
        ? inline(block.lines.join(' '), hrefOf)
        : renderBlock(block, hrefOf),
    )
    .join('\n');
}

function renderTable([head = '', , ...body]: readonly string[], hrefOf: HrefOf): string {
  const row = (line: string, tag: 'td' | 'th') =>
    `<tr>${cellsOf(line)
      .map((cell) => `<${tag}>${inline(cell, hrefOf)}</${tag}>`)
      .join('')}</tr>`;
  return [
    `<table><thead>${row(head, 'th')}</thead><tbody>`,
    ...body.map((line) => row(line, 'td')),
    '</tbody></table>',
  ].join('\n');
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

const LINK = /!?\[((?:`[^`]*`|[^\]`])*)\]\(([^)\s]+)\)/g;

function inline(text: string, hrefOf: HrefOf): string {
  let done = 0;
  let html = '';
  for (const link of text.matchAll(LINK)) {
    const [whole, label = '', target = ''] = link;
    const href = whole.startsWith('!') ? null : hrefOf(target);
    html += emphasised(text.slice(done, link.index));
    html += href === null ? emphasised(label) : `<a href="${escapeHtml(href)}">${emphasised(label)}</a>`;
    done = link.index + whole.length;
  }
  return html + emphasised(text.slice(done));
}

function emphasised(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`') && part.endsWith('`') && part.length > 2
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : escapeHtml(part)
            .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
            .replaceAll(/(?<![\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])/gu, '<em>$1</em>'),
    )
    .join('');
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
