import { expect, it } from 'vitest';
import { renderMarkdown } from '../docs-pages/render-markdown.ts';

const CASES: [string, string, string][] = [
  ['a heading', '## What to do', '<h2 id="what-to-do">What to do</h2>'],
  ['a paragraph over two lines', 'one\ntwo', '<p>one two</p>'],
  ['HTML as text', 'a <b> & "c"', '<p>a &lt;b&gt; &amp; &quot;c&quot;</p>'],
  ['code', 'run `a < b | c` now', '<p>run <code>a &lt; b | c</code> now</p>'],
  ['a block of code', '```sh\n# no heading\n\nx | y\n```', '<pre><code># no heading\n\nx | y</code></pre>'],
  [
    'emphasis, and none in names',
    '**Two** _words_ of LEAKWATCH_OPS_PORT',
    '<p><strong>Two</strong> <em>words</em> of LEAKWATCH_OPS_PORT</p>',
  ],
  ['a link', 'see [`up`](up.md)', '<p>see <a href="/up.md"><code>up</code></a></p>'],
  ['a link that leads nowhere', 'see [it](away.md)', '<p>see it</p>'],
  [
    'a list whose items go on',
    '1. one\n   more\n2. two\n\n   and this',
    '<ol start="1">\n<li>one more</li>\n<li>two\n<p>and this</p></li>\n</ol>',
  ],
  ['a list below a paragraph', 'these:\n- a\n- b', '<p>these:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
  [
    'a table',
    '| a | b |\n| --- | --- |\n| `x` | y \\| z |',
    '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n<tr><td><code>x</code></td><td>y | z</td></tr>\n</tbody></table>',
  ],
];

it.each(CASES)('renders %s', (_name, markdown, html) => {
  expect(renderMarkdown(markdown, (link) => (link === 'away.md' ? null : `/${link}`))).toBe(html);
});
