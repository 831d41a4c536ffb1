import { setTimeout as sleep } from 'node:timers/promises';
import { type Queryable } from '@leakwatch/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../api/audit/index.ts';
import { SessionSchema } from '../api/schemas/index.ts';
import { openScene, type Scene } from './support/scene.ts';

let scene: Scene;
let borealis: string;
beforeAll(async () => {
  scene = await openScene();
  await scene.raise({ creatorId: 'a', picture: true });
  borealis = await scene.raise({
    creatorId: 'b',
    campaignId: 'borealis',
    text: 'Marlow Cove',
    matched: 'Marlow Cove',
  });
});
afterAll(() => scene.close());

/** Runs SQL straight under the console's role. */
const asRole = <T>(campaigns: string | null, work: (tx: Queryable) => Promise<T>): Promise<T> =>
  scene.store.transaction(async (tx) => {
    await tx.query('SET LOCAL ROLE leakwatch_console');
    if (campaigns !== null) await tx.query(`SELECT set_config('leakwatch.campaigns', $1, true)`, [campaigns]);
    return work(tx);
  });

const TABLES = [...['alert', 'alert_occurrence', 'alert_transition', 'evidence', 'kept_bytes']];

describe('the role of the console, straight in SQL', () => {
  it('sees nothing without campaigns, those that are named, or all', async () => {
    const count = (campaigns: string | null) =>
      asRole(campaigns, async (tx) => {
        const counts: Record<string, unknown> = {};
        for (const table of TABLES) counts[table] = (await tx.query(`SELECT FROM ${table}`)).rowCount;
        return counts;
      });
    const none = { alert: 0, alert_occurrence: 0, alert_transition: 0, evidence: 0, kept_bytes: 0 };
    expect(await count(null)).toEqual(none);
    expect(await count('[]')).toEqual(none);
    expect(await count('["borealis"]')).toEqual({
      alert: 1,
      alert_occurrence: 1,
      alert_transition: 1,
      evidence: 1,
      kept_bytes: 1,
    });
    expect(await count('*')).toEqual({
      alert: 2,
      alert_occurrence: 3,
      alert_transition: 2,
      evidence: 3,
      kept_bytes: 3,
    });
  });

  it('changes nothing that it does not see', async () => {
    const changed = await asRole('["aurora"]', (tx) =>
      tx.query('UPDATE alert SET assignee = $1 WHERE id = $2', ['eve', borealis]),
    );
    expect(changed.rowCount).toBe(0);
    const added = asRole('["aurora"]', (tx) =>
      tx.query(
        `INSERT INTO alert_verdict (alert_id, verdict, reason, given_by, given_at) VALUES ($1, 'approved', 'x', 'eve', now())`,
        [borealis],
      ),
    );
    await expect(added).rejects.toThrow('row-level security');
  });

  it.each([
    'console_account',
    'console_session',
    'console_token',
    'console_invite',
    'audit_entry',
    'audit_head',
    'proposal',
  ])('may not read %s', async (table) => {
    await expect(asRole('*', (tx) => tx.query(`SELECT FROM ${table}`))).rejects.toThrow('permission denied');
  });

  it.each(['watch_list_version', 'blob', 'log_record'])('reads no secret in %s', async (table) => {
    await expect(asRole('["aurora"]', (tx) => tx.query(`SELECT FROM ${table}`))).rejects.toThrow(
      'permission denied',
    );
  });

  it('is no bound for the services themselves', async () => {
    expect((await scene.store.pool.query('SELECT FROM alert')).rowCount).toBe(2);
  });
});

describe('live events', () => {
  it('come to those who may see them, go on after a cut, and miss nothing', async () => {
    const ana = await scene.person('ana', 'analyst');
    const bea = await scene.person('bea', 'analyst', ['borealis']);
    const [all, some] = [await listen(ana.headers), await listen(bea.headers)];
    const version = async (id: string) => String((await ana.get(`/v1/incidents/${id}/item`)).body['version']);
    const move = async (id: string, change: string) =>
      scene.admin.post(`/v1/incidents/${id}/moves`, { version: await version(id), move: { change } });
    const aurora = String(
      (await ana.get('/v1/incidents?campaign=aurora')).text.match(/"id":"([0-9a-f]{64})"/)?.[1],
    );
    await move(aurora, 'acknowledged');
    await move(borealis, 'acknowledged');
    await until(() => all.events().length === 2 && some.events().length === 1);
    expect(all.events()).toMatchObject([
      { id: aurora, change: 'acknowledged', by: 'ada' },
      { id: borealis, change: 'acknowledged' },
    ]);
    expect(some.events()).toMatchObject([{ id: borealis }]);

    const last = all.lastId();
    await all.cut();
    await move(aurora, 'investigating');
    const again = await listen({ ...ana.headers, 'last-event-id': last });
    await until(() => again.events().length === 1);
    expect(again.events()).toMatchObject([{ id: aurora, change: 'investigating' }]);
    await again.cut();
    await some.cut();
  });

  it('that came while a stream was cut before its first one are not lost', async () => {
    const eve = await scene.person('eve', 'analyst');
    const before = await listen(eve.headers);
    await until(() => before.lastId() !== '');
    await before.cut();
    const id = await scene.raise({ creatorId: 'early' });
    const version = String((await eve.get(`/v1/incidents/${id}/item`)).body['version']);
    await eve.post(`/v1/incidents/${id}/moves`, { version, move: { change: 'acknowledged' } });
    const after = await listen({ ...eve.headers, 'last-event-id': before.lastId() });
    await until(() => after.events().length > 0);
    expect(after.events()).toMatchObject([{ id, change: 'acknowledged' }]);
    await after.cut();
  });

  it('of a campaign that an account has lost do not come through a stream that is open', async () => {
    const bob = await scene.person('bob', 'analyst', ['aurora', 'borealis']);
    const { body } = await bob.post('/v1/tokens', { name: 'live', scopes: ['read'] });
    const page = await listen(bob.headers);
    const program = await listen({ authorization: `Bearer ${String(body['secret'])}` });
    const { account } = SessionSchema.parse((await bob.get('/v1/session')).body);
    await scene.admin.send('PATCH', `/v1/accounts/${account.id}`, { campaigns: ['borealis'] });
    const lost = await scene.raise({ creatorId: 'lost' });
    for (const id of [lost, borealis]) {
      const { version } = (await scene.admin.get(`/v1/incidents/${id}/item`)).body;
      const move = { change: 'investigating' };
      const moved = await scene.admin.post(`/v1/incidents/${id}/moves`, { version, move });
      expect(moved.status, moved.text).toBe(200);
    }
    await until(() => page.events().length > 0 && program.events().length > 0);
    expect(page.events()).toEqual([{ type: 'signed-out' }]);
    expect(program.events()).toMatchObject([{ id: borealis, change: 'investigating' }]);
    await program.cut();
  });

  it('that came during a cut of a minute are each told once and in order; too many are told as a reset', async () => {
    const one = await scene.person('cleo', 'analyst');
    const id = await scene.raise({ creatorId: 'cut' });
    const move = async (change: string) => {
      const version = String((await one.get(`/v1/incidents/${id}/item`)).body['version']);
      const answer = await one.post(`/v1/incidents/${id}/moves`, { version, move: { change }, reason: 'x' });
      expect(answer.status, answer.text).toBe(200);
    };
    const before = await listen(one.headers);
    await move('acknowledged');
    await until(() => before.events().length === 1);
    await before.cut();
    const changes = ['investigating', 'snoozed', 'snooze-ended'];
    await move('investigating');
    scene.clock.now = new Date(scene.clock.now.getTime() + 60_000);
    const until1h = new Date(scene.clock.now.getTime() + 3_600_000).toISOString();
    const version = String((await one.get(`/v1/incidents/${id}/item`)).body['version']);
    const snoozed = { change: 'snoozed', until: until1h };
    await one.post(`/v1/incidents/${id}/moves`, { version, move: snoozed, reason: 'x' });
    await move('snooze-ended');
    const after = await listen({ ...one.headers, 'last-event-id': before.lastId() });
    await until(() => after.events().length >= changes.length);
    expect(after.events().slice(0, 3)).toMatchObject(changes.map((change) => ({ id, change })));
    await after.cut();

    await scene.store.pool.query(
      `INSERT INTO alert_outbox (id, alert_id, change, alert, created_at)
       SELECT o.id || n, o.alert_id, o.change, o.alert, o.created_at
       FROM (SELECT * FROM alert_outbox ORDER BY seq DESC LIMIT 1) o, generate_series(1, 1000) AS n`,
    );
    const late = await listen({ ...one.headers, 'last-event-id': before.lastId() });
    await until(() => late.events().length > 0);
    expect(late.events()[0]).toEqual({ type: 'reset' });
    await late.cut();
  });

  it.each(['nonsense', '-1', '999999999999999'])(
    'after a place that there is not (%s) begin with a reset, and with a place to go on from',
    async (place) => {
      const stream = await listen({ ...scene.admin.headers, 'last-event-id': place });
      await until(() => stream.events().length > 0);
      expect(stream.events()[0]).toEqual({ type: 'reset' });
      expect(stream.lastId()).toMatch(/^\d{1,14}$/);
      await stream.cut();
    },
  );

  async function listen(headers: Record<string, string>) {
    const ending = new AbortController();
    const response = await fetch(`${scene.console.address}/v1/events`, { headers, signal: ending.signal });
    let text = '';
    const reading = (async () => {
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
        text += read.value;
    })().catch(() => undefined);
    return {
      events: () => [...text.matchAll(/^data: (.+)$/gm)].map(([, json = '']): unknown => JSON.parse(json)),
      lastId: () => [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '',
      cut: () => {
        ending.abort();
        return reading;
      },
    };
  }
});

describe('the audit log', () => {
  const tamper = (sql: string) =>
    scene.store.transaction(async (tx) => {
      await tx.query('ALTER TABLE audit_entry DISABLE TRIGGER USER');
      await tx.query(sql);
      await tx.query('ALTER TABLE audit_entry ENABLE TRIGGER USER');
    });

  it('is whole, and takes no change', async () => {
    expect(await verifyAudit(scene.store.pool)).toMatchObject({ fault: null });
    for (const sql of [
      'DELETE FROM audit_entry',
      "UPDATE audit_entry SET actor = 'eve'",
      'TRUNCATE audit_entry',
    ]) {
      await expect(scene.store.pool.query(sql)).rejects.toThrow('only appended to');
    }
  });

  it('shows a line that was edited, even where its hash was computed again', async () => {
    await tamper("UPDATE audit_entry SET actor = 'nobody' WHERE seq = 2");
    expect((await verifyAudit(scene.store.pool)).fault).toBe('line 2 was changed');
    await tamper("UPDATE audit_entry SET actor = 'ada' WHERE seq = 2");
    expect((await verifyAudit(scene.store.pool)).fault).toBeNull();
    await tamper("UPDATE audit_entry SET hash = repeat('a', 64) WHERE seq = 2");
    expect((await verifyAudit(scene.store.pool)).fault).toBe('line 2 was changed');
  });

  it('shows a line that was removed, the last one as well', async () => {
    const other = await openScene();
    try {
      await other.person('x', 'viewer');
      const remove = (where: string) =>
        other.store.transaction(async (tx) => {
          await tx.query('ALTER TABLE audit_entry DISABLE TRIGGER USER');
          await tx.query(`DELETE FROM audit_entry WHERE ${where}`);
        });
      const { lines } = await verifyAudit(other.store.pool);
      await remove(`seq = ${lines}`);
      expect((await verifyAudit(other.store.pool)).fault).toBe(
        `the log ends with line ${lines - 1}; line ${lines} was the last`,
      );
      await remove('seq = 1');
      expect((await verifyAudit(other.store.pool)).fault).toBe('line 1 is missing: 2 follows 0');
    } finally {
      await other.close();
    }
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(10);
}
