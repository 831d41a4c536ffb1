import { type Term } from '@leakwatch/contracts';
import { compileTextMatcher } from '../../index.ts';

type Policy = NonNullable<Term['policy']>;

/** Describes what is found of a name: the cut, how it differs, and the edits if there are any. */
export function describeMatches(name: string, text: string, policy: Policy = {}): string[] {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: name, policy } }]);
  return matcher.match(text).map(({ matched, how, distance }) => {
    const edits = distance === 0 ? '' : ` | ${distance}`;
    return `${matched} | ${how.join(' ')}${edits}`;
  });
}
