import { eraseCreatorFromVersions } from '@leakwatch/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DraftCheckSchema, RosterSchema } from '../api/schemas/index.ts';
import { type Browser } from './support/browser.ts';
import { openScene, type Scene } from './support/scene.ts';

let scene: Scene;
let lea: Browser;
let outsider: Browser;
beforeAll(async () => {
  scene = await openScene();
  lea = await scene.person('lea', 'lead');
  outsider = await scene.person('olga', 'lead', ['borealis']);
});
afterAll(() => scene.close());
beforeEach(async () => {
  for (const one of [lea, outsider]) await one.send('DELETE', '/v1/watch-list/draft');
});

describe('a roster', () => {
  const roster = async (browser: Browser, body: object) => {
    const answer = await browser.post('/v1/watch-list/roster', body);
    expect(answer.status, answer.text).toBe(200);
    return RosterSchema.parse(answer.body);
  };
  const CSV = [
    '\uFEFFCreator ID;Full name;Network;User name;Audience;Trusted',
    'mara;Mara Lind;tiktok;@mara.tok;"130000";yes',
    'noor;"Noor ""N"" Haddad";instagram;noor;12k;no',
    '',
    ';Nobody;x;nobody;5;no',
    'pim;Pim;x;;10;maybe',
    'wes;Wes;x;wes;900;',
    'wes;Wes;youtube;weswatches;900;',
  ].join('\r\n');

  it('is mapped by its heads, and a bad row is told by row and cell and left out', async () => {
    const read = await roster(lea, { csv: CSV });
    expect(read).toMatchObject({
      mapping: ['id', 'name', 'platform', 'handle', 'followers', 'trusted'],
      rows: 6,
      added: 1,
      changed: 1,
      problemRows: 3,
      problems: [
        { row: 3, cell: 'E (Audience)', message: '“12k” is not a whole number, like 12000' },
        { row: 5, cell: 'A (Creator ID)', message: 'the id is missing' },
        { row: 6, cell: 'F (Trusted)', message: '“maybe” is neither yes nor no' },
        { row: 6, cell: 'D (User name)', message: 'the account has neither a handle nor an id' },
      ],
    });
    expect((await lea.get('/v1/watch-list/draft')).body).toMatchObject({ updatedAt: null });
    await roster(lea, { csv: CSV, mapping: read.mapping, take: true });
    expect((await lea.get('/v1/watch-list/draft')).body).toMatchObject({
      edits: {
        creators: [
          {
            id: 'mara',
            risk: { followers: 130_000, trusted: true },
            accounts: [
              { platform: 'instagram', handle: 'mara' },
              { platform: 'tiktok', handle: 'mara.tok' },
            ],
          },
          { id: 'wes', accounts: [{ platform: 'x' }, { platform: 'youtube' }] },
        ],
      },
    });
    // An erased creator is in no draft.
    await eraseCreatorFromVersions(scene.store, 'wes');
    expect((await lea.get('/v1/watch-list/draft')).text).not.toContain('weswatches');
    await roster(lea, { csv: CSV, take: true });
    expect((await roster(lea, { csv: CSV })).changed).toBe(0);
    expect((await lea.get('/v1/watch-list/creators?q=weswatches')).body).toMatchObject({ total: 1 });
    const checked = await lea.post('/v1/watch-list/draft/check', {});
    expect(DraftCheckSchema.parse(checked.body).problems).toEqual([]);
  });

  it('in another encoding is told row by row, not taken with names that match nothing', async () => {
    const latin1 = Buffer.from('id,name\nmara,Mara\nzoe,Zo\u00eb', 'latin1').toString('utf8');
    const { problems, added } = await roster(lea, { csv: latin1 });
    expect(problems).toMatchObject([{ row: 3, cell: 'B (name)' }]);
    expect(problems[0]?.message).toContain('not UTF-8, or U+FFFD');
    expect(added).toBe(0);
  });

  it('with a row that repeats another, or an account that can never be heard, says so', async () => {
    const rows = [
      'id,platform,handle',
      'zoe,instagram,zoe',
      'zoe,instagram,zoe',
      'kit,instagram,https://instagram.com/p/kit',
      'ray,x,ray r',
      'sam,the web!,sam',
    ];
    expect(await roster(lea, { csv: rows.join('\n') })).toMatchObject({
      added: 1,
      problemRows: 4,
      problems: [
        { row: 3, cell: null, message: 'it repeats row 2' },
        {
          row: 4,
          cell: 'C (handle)',
          message: '“https://instagram.com/p/kit” is not the address of a profile',
        },
        { row: 5, cell: 'C (handle)', message: '“ray r” is no handle' },
        { row: 6, cell: 'B (platform)', message: '“the web!” is no platform, like instagram' },
      ],
    });
  });

  it('that no column names, or whose quotation is left open, says so', async () => {
    const { problems } = await roster(lea, { csv: 'who,what\nmara,x' });
    expect(problems).toEqual([
      { row: 1, cell: null, message: 'no column is mapped to the id of the creator, or to an account' },
    ]);
    const named = await roster(lea, { csv: 'who,what\nmara,x', mapping: ['id', null] });
    expect(named.problems).toEqual([]);
    const open = await roster(lea, { csv: 'id,name\nzoe,Zoe\nmara,"Mara\nnoor,Noor' });
    expect(open).toMatchObject({
      added: 1,
      problemRows: 1,
      problems: [
        { row: 3, message: 'a quotation mark is opened and never closed: the rows after it are not read' },
      ],
    });
    expect((await outsider.post('/v1/watch-list/roster', { csv: CSV })).status).toBe(403);
  });
});
