import { expect, it } from 'vitest';
import { commandTable } from '../completion/command-table.ts';
import { manPage } from '../manual/man-page.ts';
import { createProgram } from '../program.ts';

const PAGE = manPage(createProgram(), '1.2.3');
const plain = PAGE.replaceAll(String.raw`\-`, '-');

it('has every command with its options', () => {
  const callable = commandTable(createProgram()).filter(({ commands }) => commands.length === 0);
  expect(callable.length).toBeGreaterThan(60);
  for (const { path, options } of callable) {
    const from = plain.indexOf(`.SS leakwatch ${path} `);
    expect([path, from]).not.toEqual([path, -1]);
    const part = plain.slice(from, plain.indexOf('\n.S', from + 4));
    const own = options.filter(
      ({ name }) => !['--server', '--token', '--token-file', '--version'].includes(name),
    );
    for (const { name } of own) expect(part).toContain(name);
  }
});

it('is roff: no line begins with a command that is none, and hyphens can be copied', () => {
  const commands = PAGE.split('\n').filter((line) => /^[.']/.test(line));
  expect(commands.filter((line) => !/^\.(?:TH|SH|SS|TP|B)(?: |$)/.test(line))).toEqual([]);
  expect(PAGE.replaceAll(String.raw`\-`, '')).not.toContain('-');
  expect(PAGE).toContain('.TH LEAKWATCH 1 "" "leakwatch 1.2.3"');
});
