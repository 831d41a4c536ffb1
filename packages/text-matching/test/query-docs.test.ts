/** The page for those who write queries says what is true. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

const PAGE = readFileSync(new URL('../../../docs/use/queries.md', import.meta.url), 'utf8');

function compile(query: string): void {
  compileTextMatcher([{ campaignId: 'c', term: { id: 'q', text: query, kind: 'query' } }]);
}

/** The spellings in a column of the table below a heading. */
function spellings(heading: string, column: number): string[] {
  const section = PAGE.split('\n## ').find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).flatMap((row) => {
    const cell = row.split(/(?<!\\)\|/)[column] ?? '';
    return [...cell.replaceAll('\\|', '|').matchAll(/`([^`]+)`/g)]
      .map(([, code]) => code ?? '')
      .filter((code) => !code.includes('…'));
  });
}

describe('docs/use/queries.md', () => {
  it.each(['Words', 'Operators', 'Fields'].flatMap((heading) => spellings(heading, 1)))(
    'rightly explains %s',
    (query) => {
      expect(() => {
        compile(`velora ${query}`);
      }).not.toThrow();
    },
  );

  it.each(spellings('What is refused', 1))('rightly says that %s is refused', (query) => {
    expect(() => {
      compile(query);
    }).toThrow(/position \d+/);
  });

  it.each(
    [1, 2, 3]
      .flatMap((column) => spellings('Other tools', column))
      .filter((query) => !/NEAR b|SENTENCE/.test(query)),
  )('takes %s of another tool', (query) => {
    expect(() => {
      compile(`velora ${query}`);
    }).not.toThrow();
  });
});
