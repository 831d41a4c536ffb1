import { expect, it } from 'vitest';
import { renderMarkdown } from '../docs-pages/render-markdown.ts';

const CASES: [string, string, string][] = [
  ['a heading that links lead to', '## What to `do`', '<h2 id="what-to-do">What to <code>do</code></h2>'],
  ['HTML as text', 'a <b> & "c"', '<p>a &lt;b&gt; &amp; &quot;c&quot;</p>'],
  ['a block of HTML as text', '<script>x</script>', '&lt;script&gt;x&lt;/script&gt;'],
  ['a picture by its name', '![a plan](plan.png)', '<p>a plan</p>'],
  ['no emphasis in names', 'LEAKWATCH_OPS_PORT', '<p>LEAKWATCH_OPS_PORT</p>'],
  ['a link', 'see [`up`](up.md)', '<p>see <a href="/up.md"><code>up</code></a></p>'],
  ['a link that leads nowhere', 'see [it](away.md)', '<p>see it</p>'],
];

it.each(CASES)('renders %s', (_name, markdown, html) => {
  expect(renderMarkdown(markdown, (link) => (link === 'away.md' ? null : `/${link}`)).trim()).toBe(html);
});
