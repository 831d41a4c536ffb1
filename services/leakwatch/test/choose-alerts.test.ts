import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { chooseAlerts, lastOf } from '../commands/choose-alerts.ts';
import { didYouMean, nearestName } from '../nearest-name.ts';
import { filterOf } from '../program/alert-filter.ts';

const input = (text: string) => Readable.from([text]);

it('reads ids from the call and from standard input, as lists print them, each once', async () => {
  const lines = 'id        severity\n1a2b3c4d  high\n\n{"id":"ffee00112233","tier":1}\n1a2b3c4d low\n';
  expect(await chooseAlerts(['aabbcc', '-'], null, input(lines))).toEqual({
    kind: 'ids',
    ids: ['aabbcc', '1a2b3c4d', 'ffee00112233'],
  });
});

it('asks for ids or a filter, and takes one of them', async () => {
  const filter = filterOf({ severity: ['low', 'high'], search: ['ember', 'night'] });
  expect(await chooseAlerts([], filter)).toEqual({
    kind: 'filter',
    filter: { severity: ['low', 'high'], q: 'ember night' },
  });
  await expect(chooseAlerts(['aabbcc'], filter)).rejects.toThrow('not both');
  await expect(chooseAlerts([], filterOf({}))).rejects.toThrow('say which alerts');
  // An empty pipe is no mistake: nothing was found before.
  expect(await chooseAlerts(['-'], null, input(''))).toEqual({ kind: 'ids', ids: [] });
});

it('takes the last word of a call apart', () => {
  expect(lastOf(['aabbcc', 'ffee00', 'kim'], 'to whom')).toEqual({ ids: ['aabbcc', 'ffee00'], last: 'kim' });
  expect(() => lastOf([], 'to whom')).toThrow('say to whom, after the ids');
});

it('names the nearest of the known names, and none that is another word', () => {
  const known = ['orsavelle-dewfall', 'quarrix-strider'];
  expect(nearestName('orsavele-dewfal', known)).toBe('orsavelle-dewfall');
  expect(nearestName('winter', known)).toBeNull();
  expect(didYouMean('lst', ['list', 'show'])).toBe('; did you mean list?');
});
