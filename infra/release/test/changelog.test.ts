import { expect, it } from 'vitest';
import { sectionOf, withLinksTo, withVersion } from '../changelog.ts';
import { checkNext } from '../version.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A [page](pages/a.md#b) and [elsewhere](https://example.com/x).

## [0.1.0] - 2026-11-01

- The first.
`;

it('finds the section of a version, and none of an empty or unknown one', () => {
  expect(sectionOf(CHANGELOG, '0.1.0')).toBe('- The first.');
  expect(sectionOf(CHANGELOG, 'Unreleased')).toMatch(/^### Added\n\n- A \[page\].+$/);
  expect(sectionOf(CHANGELOG, '0.1')).toBeNull();
});

it('gives what is not released a version, once', () => {
  const released = withVersion(CHANGELOG, '0.2.0', '2026-12-01');
  expect(released).toContain('## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added');
  expect(sectionOf(released, '0.2.0')).toBe(sectionOf(CHANGELOG, 'Unreleased'));
  expect(sectionOf(released, 'Unreleased')).toBeNull();
  expect(() => withVersion(released, '0.3.0', '2026-12-02')).toThrow('lists nothing');
  expect(() => withVersion(CHANGELOG, '0.1.0', '2026-12-02')).toThrow('already');
});

it('leads to files of the repository from anywhere', () => {
  expect(withLinksTo('[a](pages/a.md#b) [b](#b) [c](https://c.d)', 'https://e.f/blob/v1')).toBe(
    '[a](https://e.f/blob/v1/pages/a.md#b) [b](#b) [c](https://c.d)',
  );
});

it.each([
  ['0.2.0', '0.1.9'],
  ['1.0.0', '0.9.9'],
  ['0.2.0', '0.2.0-rc.1'],
  ['0.1.0', '0.1.0'],
])('lets %s follow %s', (next, current) => {
  expect(() => {
    checkNext(next, current);
  }).not.toThrow();
});

it.each(['0.1.9', 'v0.3.0', '1', ''])('lets “%s” not follow 0.2.0', (next) => {
  expect(() => {
    checkNext(next, '0.2.0');
  }).toThrow(/later than|no version/);
});
