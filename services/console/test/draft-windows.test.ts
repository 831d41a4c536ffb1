import { expect, it } from 'vitest';
import { ContentSchema } from '../api/schemas/index.ts';
import { openScene } from './support/scene.ts';

it('of two windows of one person, the slower one overwrites no draft, and is told so', async () => {
  const scene = await openScene();
  const lea = await scene.person('lea', 'lead');
  const { version: base, campaigns } = ContentSchema.parse((await lea.get('/v1/watch-list/content')).body);
  const aurora = campaigns.find(({ id }) => id === 'aurora');
  const put = (edits: object, seen: unknown) =>
    lea.send('PUT', '/v1/watch-list/draft', { base, edits, seen });
  const first = await put({ campaigns: [{ ...aurora, brief: 'by the first' }] }, null);
  expect(first.status, first.text).toBe(200);
  const seen = first.body['updatedAt'];
  const second = await put({ campaigns: [{ ...aurora, brief: 'by the second' }] }, seen);
  expect(second.status, second.text).toBe(200);

  for (const refused of [
    await put({ campaigns: [{ ...aurora, brief: 'by the first again' }] }, seen),
    await put({}, null),
    await lea.post('/v1/watch-list/draft/save', { seen }),
  ]) {
    expect(refused.status, refused.text).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'stale',
      changed: { by: 'lea', change: 'draft-changed', at: second.body['updatedAt'] },
    });
  }
  expect((await lea.get('/v1/watch-list/draft')).body).toMatchObject({
    edits: { campaigns: [{ id: 'aurora', brief: 'by the second' }] },
  });

  await lea.send('DELETE', '/v1/watch-list/draft');
  const gone = await put({}, second.body['updatedAt']);
  expect(gone.body).toMatchObject({
    code: 'stale',
    detail: 'lea saved or discarded this draft in another window',
  });
  expect((await lea.get('/v1/watch-list/draft')).body).toMatchObject({ updatedAt: null });
  await scene.close();
});
