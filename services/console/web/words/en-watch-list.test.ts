import { describe, expect, it } from 'vitest';
import { listWarning, refusedPicture } from './en-watch-list.ts';

const CAMPAIGN = {
  id: 'dewfall',
  name: 'Dewfall launch',
  terms: [{ id: 'ord', text: 'summer' }],
  assets: [{ id: 'hero', name: 'Key visual' }],
};

describe('what the server says of the watch list', () => {
  it('has the names that people gave, and no advice for the writer of a file', () => {
    const warning =
      'campaign dewfall, term ord: `summer` is an ordinary word, in about one of 200 posts. Consider a policy with `caseSensitive` or `require`';
    const said = listWarning(warning, [CAMPAIGN]);
    expect(said).toMatch(
      /^Dewfall launch, term summer: `summer` is an ordinary word, in about one of 200 posts\. /,
    );
    expect(said).not.toMatch(/ord:|caseSensitive|require|policy/);
    expect(listWarning('campaign dewfall, asset hero: is never found', [CAMPAIGN])).toBe(
      'Dewfall launch, picture Key visual: is never found',
    );
  });

  it('tells why a picture is refused in words', () => {
    expect(refusedPicture('too-small: 12 × 9 pixels; at least 32 a side are needed')).toBe(
      'The picture is too small: 12 × 9 pixels; at least 32 a side are needed',
    );
    expect(refusedPicture('unsupported-format: not a JPEG')).toBe(
      'This file is no picture that can be read: not a JPEG',
    );
  });
});
