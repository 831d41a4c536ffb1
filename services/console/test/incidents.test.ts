import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BulkAnswerSchema,
  IncidentSchema,
  MoveAnswerSchema,
  QueueChoicesSchema,
  QueuePageSchema,
  SessionSchema,
  UndoAnswerSchema,
  type QueuePage,
} from '../api/schemas/index.ts';
import { type Browser } from './support/browser.ts';
import { itemOf, LEAK, moveAs } from './support/moves.ts';
import { openScene, type Scene } from './support/scene.ts';

let scene: Scene;
let ana: Browser;
let ben: Browser;
beforeAll(async () => {
  scene = await openScene();
  ana = await scene.person('ana', 'analyst');
  ben = await scene.person('ben', 'analyst');
});
afterAll(() => scene.close());

const page = async (query: string, browser = ana): Promise<QueuePage> =>
  QueuePageSchema.parse((await browser.get(`/v1/incidents?${query}`)).body);
const ids = ({ items }: QueuePage) => items.map(({ id }) => id);
const item = (id: string) => itemOf(ana, id);

describe('the queue', () => {
  it('is sorted by time left, in groups, and pages through all of them once', async () => {
    const creatorId = 'queue';
    const made: string[] = [];
    for (const [n, minutesToAct] of [500, 30, 3000, 90, 20].entries()) {
      made.push(await scene.raise({ creatorId: `${creatorId}-${n}`, minutesToAct }));
    }
    const creators = made.map((_id, n) => `creator=${creatorId}-${n}`).join('&');
    const whole = await page(creators);
    expect(ids(whole)).toEqual([4, 1, 3, 0, 2].map((n) => made[n]));
    expect(whole).toMatchObject({
      total: 5,
      nextCursor: null,
      groups: [
        { group: 'hour', count: 2 },
        { group: 'today', count: 2 },
        { group: 'later', count: 1 },
      ],
    });
    const first = await page(`${creators}&limit=2`);
    const second = await page(`${creators}&limit=2&cursor=${first.nextCursor}`);
    const third = await page(`${creators}&limit=2&cursor=${second.nextCursor}`);
    expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(ids(whole));
    expect(third.nextCursor).toBeNull();
  });

  it('is filtered by every property, and by words of the caption', async () => {
    const id = await scene.raise({
      creatorId: 'mara',
      severity: 'critical',
      text: 'the "new" Quillon Ember costs 100% more, naïve_me',
    });
    const other = await scene.raise({ campaignId: 'borealis', text: 'Marlow Cove!', matched: 'Marlow Cove' });
    for (const query of [
      'campaign=aurora&creator=mara',
      'severity=critical',
      'creator=mara&severity=critical&severity=low',
      'creator=mara&tier=3&rule=early-post&violation=early-post&assignee=nobody&platform=instagram&item=ember',
      'q=100%25+costs',
      'q=%22NEW%22',
      'q=naïve_me',
    ]) {
      expect(ids(await page(query)), query).toEqual([id]);
    }
    for (const query of [
      'q=1000',
      'creator=mara&tier=2',
      'creator=mara&assignee=me',
      'q=naïveXme',
      'overdue=true',
    ]) {
      expect(ids(await page(query)), query).not.toContain(id);
    }
    expect(ids(await page('item=cove'))).toEqual([other]);
  });

  it('refuses a wrong filter with its place', async () => {
    expect((await ana.get('/v1/incidents?tier=9')).body).toMatchObject({
      code: 'bad-request',
      problems: ['querystring/tier: must be at most 5'],
    });
    expect((await ana.get('/v1/incidents?cursor=bm9uZQ')).status).toBe(400);
  });

  it('shows a row with everything to decide by', async () => {
    const id = await scene.raise({
      creatorId: 'mara-x',
      text: 'Quillon Еmbеr now',
      matched: 'Quillon Еmbеr',
    });
    expect(await item(id)).toMatchObject({
      title: 'Embargoed name in a post, posted 3 days early',
      campaign: { id: 'aurora', name: 'Aurora' },
      excerpt: { text: 'Quillon Еmbеr now', matches: [[0, 13]] },
      why: [{ code: 'confusable', says: 'look-alike letters: Cyrillic Е for E, е for e' }],
      priority: 60,
      standing: 'stands',
      due: { to: 'acknowledge' },
      redacted: false,
    });
  });
});

describe('an incident', () => {
  it('is whole: text with matches, pictures, embargo, timeline, creator, playbook', async () => {
    const id = await scene.raise({ creatorId: 'whole', picture: true });
    const found = IncidentSchema.parse((await ana.get(`/v1/incidents/${id.slice(0, 12)}`)).body);
    expect(found).toMatchObject({
      postList: [
        {
          standing: 'stands',
          fields: [
            {
              kind: 'caption',
              text: 'so this is Quillon Ember, finally',
              matches: [{ span: [11, 24], term: 'Quillon Ember', matched: 'Quillon Ember' }],
            },
            { kind: 'alt-text', text: 'a box', matches: [] },
          ],
          pictures: [{ mediaIndex: 0, alt: 'a box', missing: null }],
        },
      ],
      pictureMatches: [{ asset: { id: 'hero', name: 'Hero' }, disguises: [{ says: 'the same picture' }] }],
      playbook: { violation: 'early-post', sent: [] },
      creatorHistory: { id: 'whole', registered: false },
    });
    expect(found.embargo.earlyMs).toBeGreaterThan(0);
    expect(found.timeline.map(({ what }) => what)).toEqual([
      'published',
      'fetched',
      'matched',
      'matched',
      'opened',
    ]);
    const lines = found.timeline.flatMap(({ match }) => match ?? []);
    expect(lines).toMatchObject([
      { lane: 'text', item: 'Quillon Ember', matched: 'Quillon Ember' },
      { lane: 'image', item: 'Hero', matched: null, disguises: [{ says: 'the same picture' }] },
    ]);
    for (const src of [found.postList[0]?.pictures[0]?.src, found.pictureMatches[0]?.asset.src]) {
      const picture = await ana.get(`${src}?width=32`);
      expect(picture.status).toBe(200);
      expect(picture.headers.get('content-type')).toBe('image/webp');
    }
    expect((await ana.get(`/v1/incidents/${id}/pictures/${'0'.repeat(64)}`)).status).toBe(404);
  });

  it('is a 404 for a stranger to it, and for no alert at all', async () => {
    const id = await scene.raise({ campaignId: 'borealis', text: 'Marlow Cove', matched: 'Marlow Cove' });
    const outsider = await scene.person('outsider', 'analyst', ['aurora']);
    const [hidden, missing] = [
      await outsider.get(`/v1/incidents/${id}`),
      await ana.get('/v1/incidents/abcdef12'),
    ];
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(hidden.body).toEqual(missing.body);
    const move = await outsider.post(`/v1/incidents/${id}/moves`, {
      version: '1',
      move: { change: 'acknowledged' },
    });
    expect(move.status).toBe(404);
    expect((await page('campaign=borealis', outsider)).total).toBe(0);
  });
});

describe('a move', () => {
  it('acknowledges and assigns in one step', async () => {
    const id = await scene.raise();
    const { body } = await moveAs(ana, id, { change: 'acknowledged' });
    expect(MoveAnswerSchema.parse(body).incident).toMatchObject({ state: 'acknowledged', assignee: 'ana' });
  });

  it('assigns to accounts that may work on the incident, and to nobody else', async () => {
    const id = await scene.raise();
    await scene.person('vera', 'viewer');
    await scene.person('cy', 'analyst', ['aurora']);
    const bea = await scene.person('bea', 'analyst', ['borealis']);
    const odo = await scene.person('odo', 'analyst');
    const { account } = SessionSchema.parse((await odo.get('/v1/session')).body);
    await scene.admin.send('PATCH', `/v1/accounts/${account.id}`, { disabled: true });
    const assign = (to: string) => moveAs(ana, id, { change: 'assigned', to });
    for (const to of ['ghost\u202Eevil', 'me', 'vera', 'bea', 'odo']) {
      expect(await assign(to), to).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    }
    expect(await item(id)).toMatchObject({ assignee: null });
    expect(MoveAnswerSchema.parse((await assign('BEN')).body).incident).toMatchObject({ assignee: 'ben' });

    const other = await scene.raise({ campaignId: 'borealis', text: 'Marlow Cove', matched: 'Marlow Cove' });
    const preview = (to: string) =>
      ana.post('/v1/bulk/preview', { select: { ids: [id, other] }, move: { change: 'assigned', to } });
    expect((await preview('bea')).body).toMatchObject({ count: 1, refused: 1, campaigns: ['borealis'] });
    expect((await preview('vera')).status).toBe(400);
    const { people } = QueueChoicesSchema.parse((await bea.get('/v1/incidents/choices')).body);
    expect(people).toEqual(['ada', 'ana', 'bea', 'ben']);
  });

  it('of an older version is refused with who changed it, and changes nothing', async () => {
    const id = await scene.raise();
    const { version } = await item(id);
    await moveAs(ana, id, LEAK, { reason: 'posted before the lift' });
    const late = await ben.post(`/v1/incidents/${id}/moves`, {
      version,
      move: { change: 'verdict-given', verdict: 'false-positive' },
      reason: 'look-alike name',
    });
    expect(late).toMatchObject({
      status: 409,
      body: {
        code: 'stale',
        changed: { by: 'ana', change: 'verdict-given', version: (await item(id)).version },
      },
    });
    expect(late.headers.get('content-type')).toBe('application/problem+json');
    expect(await item(id)).toMatchObject({ state: 'resolved', resolution: 'confirmed' });
  });

  it('of two at once changes it once', async () => {
    const id = await scene.raise();
    const { version } = await item(id);
    const give = (browser: Browser, verdict: string) =>
      browser.post(`/v1/incidents/${id}/moves`, {
        version,
        move: { change: 'verdict-given', verdict },
        reason: 'at once',
      });
    const both = await Promise.all([give(ana, 'confirmed'), give(ben, 'approved')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const { rowCount } = await scene.store.pool.query('SELECT 1 FROM alert_verdict WHERE alert_id = $1', [
      id,
    ]);
    expect(rowCount).toBe(1);
  });

  it('that its state does not allow is refused, as is a verdict without a reason', async () => {
    const id = await scene.raise();
    expect(await moveAs(ana, id, { change: 'reopened' })).toMatchObject({
      status: 409,
      body: { code: 'illegal-move' },
    });
    expect(await moveAs(ana, id, LEAK)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    expect((await item(id)).state).toBe('open');
  });
});

describe('a move that is taken back', () => {
  const undoOf = (body: Record<string, unknown>) => MoveAnswerSchema.parse(body).undo?.id ?? '';

  it('leaves the incident as before, and the verdict uncounted', async () => {
    const id = await scene.raise();
    await moveAs(ana, id, { change: 'acknowledged' });
    const before = await item(id);
    const judged = await moveAs(ana, id, LEAK, { reason: 'wrong key' });
    const undone = await ana.post(`/v1/undo/${undoOf(judged.body)}`, {});
    expect(undone.body).toMatchObject({ undone: 1 });
    const after = await item(id);
    expect({ ...after, version: '' }).toEqual({ ...before, version: '' });
    const whole = IncidentSchema.parse((await ana.get(`/v1/incidents/${id}`)).body);
    expect(whole.verdicts).toEqual([]);
    expect(whole.timeline.slice(-2).map(({ what }) => what)).toEqual(['verdict-given', 'undone']);
    expect((await ana.post(`/v1/undo/${undoOf(judged.body)}`, {})).body).toMatchObject({ code: 'undo-over' });
  });

  it('is refused for another person, after ten seconds, and after a further move', async () => {
    const id = await scene.raise();
    const made = await moveAs(ana, id, { change: 'acknowledged' });
    const undo = `/v1/undo/${undoOf(made.body)}`;
    expect((await ben.post(undo, {})).body).toMatchObject({ code: 'undo-over' });
    const before = scene.clock.now;
    scene.clock.now = new Date(before.getTime() + 11_000);
    expect((await ana.post(undo, {})).body).toMatchObject({ code: 'undo-over' });
    scene.clock.now = before;
    await moveAs(ben, id, { change: 'investigating' });
    expect((await ana.post(undo, {})).body).toMatchObject({ code: 'undo-over' });
    expect(await item(id)).toMatchObject({ state: 'investigating', assignee: 'ben' });
  });

  it('is the only way back: the database refuses a step back without its line', async () => {
    const id = await scene.raise();
    await moveAs(ana, id, { change: 'acknowledged' });
    const stepBack = scene.store.transaction(async (tx) => {
      await tx.query(
        "UPDATE alert SET state = 'open', acknowledged_at = NULL, acknowledged_by = NULL WHERE id = $1",
        [id],
      );
      await tx.query(
        `INSERT INTO alert_transition (alert_id, move, from_state, to_state, made_by, reason, made_at)
         VALUES ($1, 'reopened', 'acknowledged', 'open', 'eve', '', now())`,
        [id],
      );
    });
    await expect(stepBack).rejects.toThrow('only if a move is taken back');
  });
});

describe('a change of many', () => {
  it('is previewed, refused if the count has changed, made and taken back as one', async () => {
    for (let n = 0; n < 3; n += 1) await scene.raise({ creatorId: `bulk-${n}` });
    const select = { filter: { creator: ['bulk-0', 'bulk-1', 'bulk-2'] } };
    const move = { change: 'acknowledged' };
    expect((await ana.post('/v1/bulk/preview', { select, move })).body).toEqual({
      count: 3,
      refused: 0,
      bySeverity: { high: 3 },
      campaigns: ['aurora'],
    });
    expect((await ana.post('/v1/bulk', { select, move, expect: 2 })).body).toMatchObject({
      code: 'count-changed',
    });
    const done = await ana.post('/v1/bulk', { select, move, expect: 3 });
    expect(done.body).toMatchObject({ changed: 3, refused: [] });
    const mine = 'assignee=me&creator=bulk-0&creator=bulk-1&creator=bulk-2';
    expect((await page(mine)).total).toBe(3);
    const undo = BulkAnswerSchema.parse(done.body).undo?.id ?? '';
    expect((await ana.post(`/v1/undo/${undo}`, {})).body).toMatchObject({ undone: 3 });
    expect((await page(mine)).total).toBe(0);
  });

  it('goes back but for those that somebody has moved since, and says which and who', async () => {
    const made = [];
    for (let n = 0; n < 3; n += 1) made.push(await scene.raise({ creatorId: `part-${n}` }));
    const [first = '', second = '', third = ''] = made;
    const move = { change: 'acknowledged' };
    const done = await ana.post('/v1/bulk', { select: { ids: made }, move, expect: 3 });
    await moveAs(ben, second, { change: 'investigating' });
    const undo = `/v1/undo/${BulkAnswerSchema.parse(done.body).undo?.id ?? ''}`;
    const { undone, incidents, movedSince } = UndoAnswerSchema.parse((await ana.post(undo, {})).body);
    expect(undone).toBe(2);
    expect(incidents.map(({ id }) => id).toSorted()).toEqual([first, third].toSorted());
    expect(movedSince).toMatchObject([{ incident: { id: second }, move: 'investigating', by: 'ben' }]);
    expect(await Promise.all(made.map(async (id) => (await item(id)).state))).toEqual([
      'open',
      'investigating',
      'open',
    ]);
    expect((await ana.post(undo, {})).body).toMatchObject({ code: 'undo-over' });
    const { rows } = await scene.store.pool.query(
      "SELECT actor, subject, detail::json FROM audit_entry WHERE action = 'undone' AND subject = ANY($1)",
      [made],
    );
    const line = { actor: 'ana', detail: { move: 'acknowledged' } };
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([
        { ...line, subject: first },
        { ...line, subject: third },
      ]),
    );
  });
});
