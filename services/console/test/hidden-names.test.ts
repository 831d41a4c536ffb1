import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IncidentSchema } from '../api/schemas/index.ts';
import { type Browser } from './support/browser.ts';
import { LEAK, moveAs } from './support/moves.ts';
import { openScene, type Scene } from './support/scene.ts';

let scene: Scene;
let ana: Browser;
beforeAll(async () => {
  scene = await openScene();
  ana = await scene.person('ana', 'analyst');
});
afterAll(() => scene.close());

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

  it('is told of a picture that looks like another without that one’s name', async () => {
    const id = await scene.raise({
      creatorId: 'twin',
      picture: true,
      how: ['pdq', 'looks-like:borealis/poster'],
    });
    const viewer = await scene.person('tess', 'viewer', ['aurora']);
    const { text } = await viewer.get(`/v1/incidents/${id}`);
    expect(text).toContain('may be another registered picture');
    for (const shown of [text, (await viewer.get('/v1/incidents?creator=twin')).text]) {
      expect(shown).not.toMatch(/borealis|poster/);
    }
  });

  it.each([
    ['Cyrillic letters', 'Quillon Ember, the Quillоn Еmbеr', '▇▇▇▇, the ▇▇▇▇'],
    ['within a tag', 'Quillon Ember #Quillоnеmbеrdrop', '▇▇▇▇ #▇▇▇▇drop'],
    ['digits and signs', 'Quillon Ember: Qu1ll0n 3mber, Qu!llon_Ember', '▇▇▇▇: ▇▇▇▇, ▇▇▇▇'],
    ['markup', 'Quillon Ember <img alt="Quillon Ember">', '▇▇▇▇ <img alt="▇▇▇▇">'],
    ['other names alone', 'Quillon Ember is no Quill on embers', '▇▇▇▇ is no ▇▇▇▇s'],
  ])('reads no second mention of a hidden name in %s', async (what, text, shown) => {
    const creatorId = `again-${what.replaceAll(' ', '-')}`;
    const id = await scene.raise({ creatorId, text });
    const viewer = await scene.person(`reads-${creatorId}`, 'viewer');
    const { postList, excerpt, timeline } = IncidentSchema.parse(
      (await viewer.get(`/v1/incidents/${id}`)).body,
    );
    expect([postList[0]?.fields[0]?.text, excerpt?.text]).toEqual([shown, shown]);
    expect(timeline.flatMap(({ match }) => match ?? [])).toEqual([
      { lane: 'text', confidence: 0.98, rescanned: false, item: null, matched: null, disguises: [] },
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
