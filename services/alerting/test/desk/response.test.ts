import { createHash } from 'node:crypto';
import { alertId } from '@leakwatch/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { detection, revisionScan } from '../support/detections.ts';
import { CAMPAIGNS, NOW, openScene, type Scene } from '../support/scene.ts';
import { changeAlert } from '../../desk/moves/change-alert.ts';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { loadPlaybooks, parsePlaybooks, type Playbook } from '../../desk/playbooks/load-playbooks.ts';
import {
  checkItem,
  loadResponse,
  noteSent,
  type ResponseOptions,
} from '../../desk/playbooks/record-response.ts';
import { listResponseActs } from '../../desk/queries/response-acts.ts';

const MARA = alertId('mara', 'aurora', 1);
const SCANNED_AT = '2026-11-20T12:00:00.000Z';

let scene: Scene;
let playbooks: Playbook[];
let options: ResponseOptions;
beforeAll(async () => {
  scene = await openScene();
  await scene.start();
  playbooks = await loadPlaybooks(undefined);
  options = { playbooks, clock: () => NOW };
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

const response = () => loadResponse(scene.store, MARA.slice(0, 8), { playbooks });
const check = (item: string, isDone = true) =>
  checkItem(scene.store, { alertId: MARA, item, isDone, by: 'ana' }, options);
const doneItems = async () => (await response()).checklist.filter(({ done }) => done !== null);
const changes = async () => (await scene.alertEvents()).map(({ change }) => change);
const acts = async () => (await listResponseActs(scene.store.pool, MARA)).map(({ act }) => act);

describe('the playbook of an alert', () => {
  const priced = {
    id: 'priced',
    name: 'Priced',
    assets: [],
    terms: [
      { id: 'price', text: '49,99 €', kind: 'price' },
      { id: 'codename', text: 'Quillon Ember' },
    ],
  };
  const found = (itemId: string, kind: 'term' | 'asset' = 'term', nativeId = 'p1') =>
    detection({ campaignId: 'priced', itemId, kind, nativeId });
  beforeAll(() => scene.setWatchList([...CAMPAIGNS, priced]));

  it.each([
    ['a price alone', [found('price'), found('price', 'term', 'p2')], 'undisclosed-price'],
    ['a price, and then a term', [found('price'), found('codename')], 'early-post'],
    ['a price, and then an image', [found('price'), found('render', 'asset')], 'leaked-image'],
    ['a term, and then a price', [found('codename'), found('price')], 'early-post'],
    ['an image, and then a price', [found('render', 'asset'), found('price')], 'leaked-image'],
  ])('is chosen by what was found: %s', async (_what, detections, violation) => {
    await scene.detect(...detections);
    const [alert] = await scene.alerts();
    expect(alert).toMatchObject({ campaignId: 'priced', violation });
    expect((await loadResponse(scene.store, alert!.id, { playbooks })).playbook.violation).toBe(violation);
  });
});

describe('the drafted message', () => {
  const own = () =>
    parsePlaybooks(
      `playbooks:
  - violation: early-post
    requestedCorrection: The post is deleted.
    message: '{{creator}}, {{handle}}: about {{campaign}}'
    checklist: [{ id: call, text: Call the agency }]`,
      'own.yaml',
    );
  const draftTo = async (creatorId: string) => {
    await scene.detect(detection({ creatorId, campaignId: 'secret' }));
    const [alert] = await scene.alerts();
    const loaded = await loadResponse(scene.store, alert!.id, { playbooks: [...own(), ...playbooks] });
    return loaded.message.trim();
  };
  beforeAll(() =>
    scene.setWatchList(
      [...CAMPAIGNS, { id: 'secret', name: 'The public name', assets: [], creators: ['mara'] }],
      [{ id: 'mara', name: 'Mara Lind' }, { id: 'nils' }],
    ),
  );

  it('names the creator and the campaign as the watch list does, to those who are briefed', async () => {
    expect(await draftTo('mara')).toBe('Mara Lind, @handle: about The public name');
  });

  it.each([
    ['a creator who is not briefed for it', 'nils'],
    ['an account that no brand has registered', 'unregistered:x/local/75'],
  ])('tells %s nothing but what they wrote', async (_who, creatorId) => {
    const message = await draftTo(creatorId);
    expect(message).toMatch(/^Hello @handle,\nyour post of \d{4}-\d\d-\d\d \d\d:\d\d UTC /);
    expect(message).not.toMatch(/public name|secret|unregistered|local|nils|campaign|embargo/i);
  });
});

describe('the checklist of an alert', () => {
  beforeEach(() => scene.detect(detection()));

  it('keeps who has done an item and when, until it is undone', async () => {
    await check('embargo');
    expect(await doneItems()).toMatchObject([{ id: 'embargo', done: { by: 'ana', at: NOW } }]);
    await check('embargo', false);
    expect(await doneItems()).toEqual([]);
    expect(await acts()).toEqual(['checked', 'unchecked']);
  });

  it('takes an item once, from however many at the same time', async () => {
    const tries = await Promise.allSettled([check('reposts'), check('reposts'), check('reposts')]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await acts()).toHaveLength(1);
  });

  it('still shows what was done when the playbook has changed', async () => {
    await check('embargo');
    const own = parsePlaybooks(
      'playbooks: [{ violation: early-post, requestedCorrection: c, message: m, checklist: [{ id: call, text: Call }] }]',
      'own.yaml',
    );
    const { checklist } = await loadResponse(scene.store, MARA, { playbooks: [...own, ...playbooks] });
    expect(checklist).toMatchObject([
      { id: 'call', text: 'Call', done: null },
      { id: 'embargo', text: null, done: { by: 'ana' } },
    ]);
  });

  it.each([
    [
      'an item that there is not',
      () => check('coffee'),
      /has no `coffee`: it has embargo, reposts, tell-brand/,
    ],
    ['what is not done, to undo', () => check('embargo', false), /embargo is not done/],
    ['what nobody did', () => noteSent(scene.store, { alertId: MARA, by: ' ' }, options), /say who you are/],
    [
      'an alert that there is not',
      () => noteSent(scene.store, { alertId: '0'.repeat(64), by: 'ana' }, options),
      /no alert's id begins with 0000/,
    ],
  ])('refuses %s', async (_what, act, message) => {
    await expect(act()).rejects.toThrow(message);
    expect(await acts()).toEqual([]);
  });

  it('refuses what is done twice, and anything of a resolved alert until it is reopened', async () => {
    await check('embargo');
    await expect(check('embargo')).rejects.toThrow(/done already, by ana at 2026-11-20T09:00:42/);
    await giveVerdict(scene.store, { alertId: MARA, verdict: 'confirmed', reason: 'seen', givenBy: 'ana' });
    await expect(check('reposts')).rejects.toThrow(/is resolved: reopen it first/);
    await expect(noteSent(scene.store, { alertId: MARA, by: 'ana' }, options)).rejects.toThrow(
      /reopen it first/,
    );
    await changeAlert(scene.store, { alertId: MARA, move: { change: 'reopened' }, by: 'ana', reason: '' });
    await check('reposts');
    expect(await doneItems()).toHaveLength(2);
  });

  it('is not rewritten in the database either', async () => {
    await check('embargo');
    await expect(scene.store.pool.query("UPDATE response_act SET made_by = 'ben'")).rejects.toMatchObject({
      sqlState: 'LW001',
    });
  });
});

describe('the message to the creator', () => {
  it('is noted as sent by a person, with the hash of what was sent or drafted', async () => {
    await scene.detect(detection());
    const { message } = await response();
    expect(message).toMatch(/^Hello @handle,\n.*\(p1\)/);
    expect(message).not.toContain('aurora');
    await noteSent(scene.store, { alertId: MARA, by: 'ana', via: 'e-mail', note: 'to her agent' }, options);
    await noteSent(scene.store, { alertId: MARA, by: 'ben', text: 'Mara, please.' }, options);
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect((await response()).sent).toMatchObject([
      { by: 'ana', via: 'e-mail', note: 'to her agent', textSha256: sha256(message) },
      { by: 'ben', via: null, note: null, textSha256: sha256('Mara, please.') },
    ]);
    await expect(noteSent(scene.store, { alertId: MARA, by: 'ben', text: ' \n' }, options)).rejects.toThrow(
      'the message is empty',
    );
  });
});

describe('the requested correction', () => {
  it('is made when every post is edited or gone, and is told', async () => {
    await scene.detect(detection({ nativeId: 'p1' }), detection({ nativeId: 'p2' }));
    await scene.detect(revisionScan({ nativeId: 'p1', revision: 2 }));
    const half = await response();
    expect(half.posts.map(({ corrected }) => corrected?.by ?? null).sort()).toEqual(['edit', null]);
    expect(half.correctedAt).toBeNull();

    await scene.detect(revisionScan({ nativeId: 'p2', revision: 2, op: 'delete' }));
    const closed = await response();
    expect(closed.posts.map(({ corrected }) => corrected?.by).sort()).toEqual(['delete', 'edit']);
    expect(closed.correctedAt).toBe(SCANNED_AT);
    expect(await scene.alerts()).toMatchObject([{ state: 'open', correctedAt: SCANNED_AT }]);
    await expect
      .poll(changes)
      .toEqual(['opened', 'occurrence-added', 'content-removed', 'content-removed', 'corrected']);
  });

  it('is noted of a resolved alert too, and once however often the scan comes', async () => {
    await scene.detect(detection());
    await giveVerdict(scene.store, { alertId: MARA, verdict: 'confirmed', reason: 'seen', givenBy: 'ana' });
    const gone = revisionScan({ op: 'delete', revision: 2 });
    await scene.detect(gone, gone);
    await scene.detect(gone);
    expect(await scene.alerts()).toMatchObject([{ state: 'resolved', correctedAt: SCANNED_AT }]);
    await expect.poll(changes).toEqual(['opened', 'verdict-given', 'content-removed', 'corrected']);
  });

  it('is undone by what is found again, and made again', async () => {
    await scene.detect(detection(), revisionScan({ revision: 2 }));
    await scene.detect(detection({ nativeId: 'p2' }));
    expect((await response()).correctedAt).toBeNull();
    await scene.detect(revisionScan({ nativeId: 'p2', revision: 2, op: 'delete' }));
    expect((await response()).correctedAt).toBe(SCANNED_AT);
    expect(await acts()).toEqual(['corrected', 'stands-again', 'corrected']);
    await expect
      .poll(async () => (await scene.alertEvents()).map(({ change, alert }) => [change, alert.correctedAt]))
      .toEqual([
        ['opened', null],
        ['content-removed', SCANNED_AT],
        ['corrected', SCANNED_AT],
        ['occurrence-added', null],
        ['content-removed', SCANNED_AT],
        ['corrected', SCANNED_AT],
      ]);
  });
});
