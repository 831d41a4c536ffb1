/** The sections of CHANGELOG.md: of a version, and of what is not released yet. */

const UNRELEASED = '## [Unreleased]';

/**
 * Finds what changed in a version.
 *
 * @param version - such as `0.2.0`, or `Unreleased`
 * @returns null if the changelog has no such section, or nothing in it
 */
export function sectionOf(changelog: string, version: string): string | null {
  const lines = changelog.split('\n');
  const first = lines.findIndex((line) => line === `## [${version}]` || line.startsWith(`## [${version}] `));
  if (first === -1) return null;
  const rest = lines.slice(first + 1);
  const end = rest.findIndex((line) => line.startsWith('## '));
  const text = rest.slice(0, end === -1 ? rest.length : end).join('\n');
  return text.trim() === '' ? null : text.trim();
}

/** Gives what is not released yet the name of a version, and begins a new section above it. */
export function withVersion(changelog: string, version: string, day: string): string {
  if (sectionOf(changelog, version) !== null)
    throw new Error(`CHANGELOG.md has a section ${version} already`);
  if (sectionOf(changelog, 'Unreleased') === null)
    throw new Error('CHANGELOG.md lists nothing that is not released yet');
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${day}`);
}

/** Makes links to files of the repository work where the text is read without it. */
export function withLinksTo(text: string, address: string): string {
  return text.replaceAll(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_whole, file: string) => `](${address}/${file})`);
}
