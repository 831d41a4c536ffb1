import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function match(name: string, text: string, policy?: Record<string, unknown>) {
  const term = { id: 't', text: name, kind: 'product', ...(policy === undefined ? {} : { policy }) };
  return compileTextMatcher([{ campaignId: 'c', term }]).matcher.match(text);
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('base64 and ROT13', () => {
  it.each([
    ['Harbor Comet', `look: ${base64('Harbor Comet')}`],
    ['Harbor Comet', base64('harbor comet')],
    ['Harbor Comet', `${base64('HARBOR COMET')} soon`],
    ['Zimborra', `${base64('Zimborra')}!`],
    ['Zimborra', 'Mvzobeen soon'],
    ['Harbor Comet', 'the uneobe pbzrg'],
  ])('%s in %j, if the policy asks for it', (name, text) => {
    const [found] = match(name, text, { encoded: true });
    expect(found?.how).toContain('encoded');
    expect(found?.confidence).toBeLessThanOrEqual(0.5);
    expect(match(name, text)).toEqual([]);
    expect(match(name, text, { encoded: false })).toEqual([]);
  });

  it('may be asked for among the allowed evidence', () => {
    expect(match('Zimborra', 'Mvzobeen', { allow: ['encoded'] })).toHaveLength(1);
  });

  it('does not read a name of fewer than six letters', () => {
    expect(match('Zibor', 'Mvobe', { encoded: true })).toEqual([]);
  });

  it('finds the name as it is, too', () => {
    expect(match('Zimborra', 'Zimborra', { encoded: true })[0]?.confidence).toBe(1);
  });
});
