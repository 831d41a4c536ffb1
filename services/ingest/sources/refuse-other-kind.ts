import { UsageError } from '@leakwatch/runtime';

/**
 * Refuses a file that is no JSON Lines at all, by its first bytes: each of its lines would be a dead letter. A file whose
 * first line begins an object is posts, however wrong they are.
 *
 * @param head - the first bytes, or the first line
 * @throws UsageError that says what it is, and what is wanted
 */
export function refuseOtherKind(head: Uint8Array, file: string): void {
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const [firstLine = ''] = text.split('\n', 1);
  if (/^\s*\{/.test(firstLine)) return;
  if (/^\s*\[\s*(?:\{|$)/.test(firstLine.slice(0, 64))) {
    const source = file === 'standard input' ? '' : ` ${file}`;
    throw new UsageError(
      `${file} is one JSON array, and posts are JSON Lines, an object a line: jq -c '.[]'${source} makes these`,
    );
  }
  const kind = kindOf(text);
  if (kind !== null) throw new UsageError(`${file} is ${kind}, and posts are JSON Lines, an object a line`);
}

function kindOf(text: string): string | null {
  // No line of JSON holds this character.
  if (text.includes('\0')) return 'a picture or another file that is no text';
  return /^(?:campaigns|creators):/m.test(text) ? 'a watch list' : null;
}
