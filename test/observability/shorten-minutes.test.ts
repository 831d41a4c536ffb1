import { describe, expect, it } from 'vitest';
import { readRuleFiles } from './support/rule-files.ts';
import { shortenMinutes } from './support/shorten-minutes.ts';

const RULE = {
  alert: 'Late',
  expr: 'rate(a:b:increase5m[5m]) > 14.4 * 0.01 and time() - max(x offset 1h) > 2 * 60',
  for: '2m',
  labels: { severity: 'page' as const },
  annotations: { summary: 'after 5m', description: '', runbook_url: '' },
};

describe('rules with a shorter minute', () => {
  it('have shorter windows, offsets, waits and numbers of seconds, and nothing else is changed', () => {
    const { groups } = shortenMinutes({ groups: [{ name: 'g', interval: '5m', rules: [RULE] }] }, 15);
    expect(groups).toEqual([
      {
        name: 'g',
        interval: '20000ms',
        rules: [
          {
            ...RULE,
            expr: 'rate(a:b:increase5m[20000ms]) > 14.4 * 0.01 and time() - max(x offset 240000ms) > 2 * 4',
            for: '8000ms',
          },
        ],
      },
    ]);
  });

  it('miss no number of seconds of the real rules: nothing is compared with one that is written in another way', () => {
    const expressions = [...readRuleFiles().values()].flatMap(({ groups }) =>
      groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    );
    const limits = expressions.flatMap((expr) => [...expr.matchAll(/[<>]=? *(\d+)\b(?! \* 60)/g)]);
    expect(limits.length).toBeGreaterThan(10);
    expect(limits.filter(([, limit]) => Number(limit) >= 30)).toEqual([]);
  });
});
