import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IncidentSchema, QueueItemSchema } from '../api/schemas/index.ts';
import { type Browser } from './support/browser.ts';
import { openScene, type Scene } from './support/scene.ts';

let scene: Scene;
let ana: Browser;
beforeAll(async () => {
  scene = await openScene();
  ana = await scene.person('ana', 'analyst');
});
afterAll(() => scene.close());

const item = async (id: string) => QueueItemSchema.parse((await ana.get(`/v1/incidents/${id}/item`)).body);
const moveAs = async (browser: Browser, id: string, move: object, more: object = {}) =>
  browser.post(`/v1/incidents/${id}/moves`, { version: (await item(id)).version, move, ...more });
const LEAK = { change: 'verdict-given', verdict: 'confirmed' };

describe('a viewer', () => {
  it('reads a hidden name nowhere: not again in the caption, in another spelling, nor in what people wrote', async () => {
    const text = 'Quillon Ember! I said Quillon Ember, #QuillonEmber, the 𝓺𝓾𝓲𝓵𝓵𝓸𝓷 ember';
    const id = await scene.raise({ creatorId: 'again', text });
    const reason = 'it says Quillon Ember';
    expect(await moveAs(ana, id, LEAK, { reason })).toMatchObject({ status: 200 });
    const viewer = await scene.person('vera', 'viewer');
    const whole = await viewer.get(`/v1/incidents/${id}`);
    expect(whole.text).not.toMatch(/quillon|ember|𝓺𝓾/iu);
    expect(IncidentSchema.parse(whole.body)).toMatchObject({
      postList: [{ fields: [{ text: '▇▇▇▇! I said ▇▇▇▇, #▇▇▇▇, the ▇▇▇▇' }] }],
      verdicts: [{ reason: 'it says ▇▇▇▇' }],
    });
    expect((await viewer.get('/v1/incidents?creator=again&state=all')).text).not.toMatch(
      /quillon|ember|𝓺𝓾/iu,
    );

    const shown = IncidentSchema.parse((await ana.get(`/v1/incidents/${id}`)).body);
    expect(shown.postList[0]?.fields[0]?.matches.map(({ matched }) => matched)).toEqual([
      'Quillon Ember',
      'Quillon Ember',
      'QuillonEmber',
      '𝓺𝓾𝓲𝓵𝓵𝓸𝓷 ember',
    ]);
  });

  it('cannot find out by searches what is hidden', async () => {
    const viewer = await scene.person('val', 'viewer');
    for (const search of ['q=Quillon', 'item=ember']) {
      const refused = await viewer.get(`/v1/incidents?state=all&${search}`);
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect((await ana.get(`/v1/incidents?state=all&${search}`)).status).toBe(200);
    }
    const view = { name: 'guess', filter: { q: 'Quillon' } };
    expect((await viewer.post('/v1/views', view)).status).toBe(403);
  });

  it('sees no term and no picture until they are revealed, which the audit log keeps', async () => {
    const id = await scene.raise({ creatorId: 'hidden', picture: true });
    const shown = IncidentSchema.parse((await ana.get(`/v1/incidents/${id}`)).body);
    const viewer = await scene.person('vic', 'viewer');
    const answer = await viewer.get(`/v1/incidents/${id}`);
    expect(answer.text).not.toMatch(/Quillon|Ember|hero/i);
    expect(answer.body).toMatchObject({
      redacted: true,
      excerpt: { text: 'so this is ▇▇▇▇, finally' },
      thumbnail: null,
    });
    expect((await viewer.get('/v1/incidents?creator=hidden')).text).not.toMatch(/Quillon|Ember|hero/i);
    const picture = shown.postList[0]?.pictures[0]?.src ?? '';
    expect((await viewer.get(picture)).status).toBe(403);

    const revealed = await viewer.post(`/v1/incidents/${id}/reveal`, {});
    expect(revealed.body).toMatchObject({
      redacted: false,
      excerpt: { text: 'so this is Quillon Ember, finally' },
    });
    expect((await viewer.get(picture)).status).toBe(200);
    const { rows } = await scene.store.pool.query(
      "SELECT actor, subject FROM audit_entry WHERE action = 'revealed'",
    );
    expect(rows).toEqual([{ actor: 'vic', subject: id }]);
    expect((await viewer.get('/v1/bulk')).status).toBe(404);
    expect(await moveAs(viewer, id, LEAK, { reason: 'x' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });
});
