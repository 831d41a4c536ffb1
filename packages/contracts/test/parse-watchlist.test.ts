import { describe, expect, it } from 'vitest';
import { alertGradesOf, parseWatchList, WatchListError } from '../index.ts';

function problemsOf(text: string): readonly string[] {
  try {
    parseWatchList(text, 'list.yaml');
  } catch (error) {
    if (error instanceof WatchListError) return error.message.split('\n');
    throw error;
  }
  throw new Error('the watch list was accepted');
}

describe('parseWatchList', () => {
  it('reads YAML and JSON alike and fills in defaults', () => {
    const yaml = 'campaigns:\n  - id: c1\n    name: One\n    terms: [{ id: t1, text: Lumen Veil }]\n';
    const json = '{"campaigns":[{"id":"c1","name":"One","terms":[{"id":"t1","text":"Lumen Veil"}]}]}';
    expect(parseWatchList(yaml, 'a.yaml')).toEqual(parseWatchList(json, 'a.json'));
    expect(parseWatchList(json, 'a.json').campaigns[0]).toMatchObject({ sensitivity: 'normal', assets: [] });
  });

  it('bounds the length of a brief, without repeating it', () => {
    const list = (brief: string) => JSON.stringify({ campaigns: [{ id: 'c', name: 'C', brief }] });
    expect(parseWatchList(list(' A hinge. '), 'a.json').campaigns[0]?.brief).toBe('A hinge.');
    expect(parseWatchList(list('x'.repeat(20_000)), 'a.json').campaigns[0]?.brief).toHaveLength(20_000);
    const [problem = '', ...more] = problemsOf(list('x'.repeat(20_001)));
    expect(more).toEqual([]);
    expect(problem).toContain('brief');
    expect(problem).not.toContain('xxx');
  });

  it('normalises instants to UTC', () => {
    const list = parseWatchList(
      'campaigns: [{ id: c, name: C, embargo: { liftsAt: "2026-10-01T09:00:00+02:00" } }]',
      'a.yaml',
    );
    expect(list.campaigns[0]?.embargo?.liftsAt).toBe('2026-10-01T07:00:00.000Z');
  });

  it('names line, column and path of every problem at once', () => {
    const text = [
      'campaigns:',
      '  - id: c1',
      '    name: One',
      '    embargo: { liftsAt: soon }',
      '    terms:',
      '      - { id: t1, text: "" }',
      '      - { id: t1, text: Twice }',
      '    creators: [nobody]',
    ].join('\n');
    const problems = problemsOf(text);
    expect(problems).toHaveLength(4);
    expect(problems[0]).toMatch(/^list\.yaml:4:25: campaigns\[0\]\.embargo\.liftsAt: must be an RFC 3339/);
    expect(problems[1]).toMatch(/^list\.yaml:6:25: campaigns\[0\]\.terms\[0\]\.text: /);
  });

  it('names twins and unknown creators', () => {
    const text = [
      'campaigns:',
      '  - id: c1',
      '    name: One',
      '    terms: [{ id: t1, text: A b }, { id: t1, text: C d }]',
      '    creators: [nobody]',
    ].join('\n');
    expect(problemsOf(text)).toEqual([
      'list.yaml:4:42: campaigns[0].terms[1].id: term `t1` is defined twice',
      "list.yaml:5:16: campaigns[0].creators[0]: creator `nobody` is not among the watch list's creators",
    ]);
  });

  it('refuses unknown keys, so that a slip of the pen is not a term that is never watched', () => {
    expect(problemsOf('campaigns: [{ id: c, name: C, term: [] }]')[0]).toContain('term');
  });

  it('takes each grade that alerts once, and at least one', () => {
    const list = (alertOn: string) =>
      `{"campaigns":[{"id":"c","name":"C","assets":[{"id":"a","file":"a.png","alertOn":${alertOn}}]}]}`;
    expect(parseWatchList(list('["same-layout"]'), 'a.json').campaigns[0]?.assets[0]).toMatchObject({
      alertOn: ['same-layout'],
    });
    expect(problemsOf(list('["same","same"]'))[0]).toContain('alertOn: names a grade twice');
    expect(problemsOf(list('[]'))[0]).toContain('alertOn: must name a grade');
    expect(problemsOf(list('["alike"]'))[0]).toContain('alertOn[0]');
  });

  it('takes `sameLayout` of earlier versions: `alert` stands for all grades, `doubt` for the default', () => {
    const gradesOf = (sameLayout: string) => {
      const assets = `[{"id":"a","file":"a.png","sameLayout":"${sameLayout}"}]`;
      const list = parseWatchList(`{"campaigns":[{"id":"c","name":"C","assets":${assets}}]}`, 'a.json');
      return list.campaigns.flatMap((campaign) =>
        campaign.assets.map((asset) => alertGradesOf(campaign, asset)),
      );
    };
    expect(gradesOf('alert')).toEqual([['same', 'part', 'same-layout']]);
    expect(gradesOf('doubt')).toEqual([['same', 'part']]);
  });

  it('points at broken YAML and broken JSON', () => {
    expect(problemsOf('campaigns:\n  - id: [')[0]).toMatch(/^list\.yaml:2:/);
    expect(problemsOf('{"campaigns": [}')[0]).toMatch(/^list\.yaml:1:/);
    expect(problemsOf('')[0]).toMatch(/^list\.yaml/);
  });

  it('refuses a term that YAML would cut: `!Quillon Ember` is a tag and the word “Ember”', () => {
    const text = 'campaigns: [{ id: c, name: C, terms: [{ id: t, text: !Quillon Ember }] }]';
    expect(problemsOf(text)).toEqual([
      'list.yaml:1:54: campaigns[0].terms[0].text: `!Quillon` is a YAML tag and would be dropped: ' +
        'quote what begins with an exclamation mark',
    ]);
  });

  it('refuses JSON of any depth with the place where it is too deep', () => {
    for (const depth of [64, 1_000, 100_000]) {
      const deep = `{"campaigns":${'['.repeat(depth)}${']'.repeat(depth)}}`;
      expect(problemsOf(deep)).toEqual(['list.yaml:1:77: nested too deep']);
    }
  });

  it('names its mistake and the file', () => {
    expect(() => parseWatchList('a: 1', 'list.yaml')).toThrow(
      expect.objectContaining({ name: 'WatchListError', file: 'list.yaml' }),
    );
  });

  it('refuses a bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]',
      'c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]',
      'campaigns: [*c,*c,*c,*c,*c,*c,*c,*c,*c]',
    ];
    expect(problemsOf(bomb.join('\n'))[0]).toContain('alias');
  });
});
