import { type Occurrence } from '@leakwatch/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { detection, revisionScan } from '../support/detections.ts';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.start();
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

const SCANNED_AT = '2026-11-20T12:00:00.000Z';
const describeOne = ({ detection: { post, evidence }, removedBy }: Occurrence) =>
  `${evidence.itemId} r${post.revision}${removedBy === null ? '' : ` ${removedBy}`}`;
const occurrences = async () => (await scene.alerts()).flatMap((alert) => alert.occurrences.map(describeOne));
const changes = () => scene.alertEvents().then((events) => events.map(({ change }) => change));

describe('an edit', () => {
  it('that removes the leak is noted and nothing is forgotten', async () => {
    await scene.detect(detection());
    await scene.detect(revisionScan({ revision: 2 }));
    expect(await scene.alerts()).toMatchObject([
      { state: 'open', occurrences: [{ removedAt: SCANNED_AT, removedBy: 'edit' }] },
    ]);
    await expect.poll(changes).toEqual(['opened', 'content-removed', 'corrected']);
  });

  it('that leaves it in adds an occurrence to the same incident', async () => {
    const second = detection({ revision: 2 });
    await scene.detect(detection(), second, revisionScan({ revision: 2, found: [second] }));
    expect(await scene.alerts()).toHaveLength(1);
    expect(await occurrences()).toEqual(['codename r1', 'codename r2']);
  });

  it('removes one item and leaves another', async () => {
    const price = detection({ revision: 2, itemId: 'price' });
    await scene.detect(detection(), detection({ itemId: 'price' }));
    await scene.detect(price, revisionScan({ revision: 2, found: [price] }));
    expect(await occurrences()).toEqual(['codename r1 edit', 'price r1', 'price r2']);
    await scene.detect(revisionScan({ revision: 3 }));
    expect(await occurrences()).toEqual(['codename r1 edit', 'price r1 edit', 'price r2 edit']);
  });

  it('of the text says nothing of the image', async () => {
    await scene.detect(detection(), detection({ kind: 'asset', itemId: 'render' }));
    await scene.detect(revisionScan({ revision: 2, lane: 'text' }));
    expect(await occurrences()).toEqual(['codename r1 edit', 'render r1']);
    await scene.detect(revisionScan({ revision: 2, lane: 'image' }));
    expect(await occurrences()).toEqual(['codename r1 edit', 'render r1 edit']);
  });

  it('that puts the leak back in is an occurrence that stands', async () => {
    const third = detection({ revision: 3 });
    await scene.detect(detection(), revisionScan({ revision: 2 }));
    await scene.detect(third, revisionScan({ revision: 3, found: [third] }));
    expect(await occurrences()).toEqual(['codename r1 edit', 'codename r3']);
  });
});

it('an edit may be numbered by its time in milliseconds', async () => {
  const revision = Date.parse('2026-11-20T11:00:00.000Z');
  const edited = detection({ revision, itemId: 'price' });
  await scene.detect(detection(), edited, revisionScan({ revision, found: [edited] }));
  await scene.detect(revisionScan({ revision: revision + 1 }));
  expect(await occurrences()).toEqual(['codename r1 edit', `price r${revision} edit`]);
});

describe('a deletion', () => {
  it('removes what stands in every revision', async () => {
    const second = detection({ revision: 2 });
    await scene.detect(detection(), second, revisionScan({ revision: 2, found: [second] }));
    await scene.detect(revisionScan({ revision: 2, op: 'delete' }));
    expect(await occurrences()).toEqual(['codename r1 delete', 'codename r2 delete']);
  });

  it('leaves the posts of others alone', async () => {
    await scene.detect(detection({ nativeId: 'a' }), detection({ nativeId: 'b' }));
    await scene.detect(revisionScan({ nativeId: 'b', op: 'delete' }));
    expect(await occurrences()).toEqual(['codename r1', 'codename r1 delete']);
  });
});

describe('what comes late or again', () => {
  it('an old revision, found after the edit was scanned, is recorded as removed', async () => {
    await scene.detect(revisionScan({ revision: 2 }));
    await scene.detect(detection());
    expect(await occurrences()).toEqual(['codename r1 edit']);
    await expect.poll(changes).toEqual(['opened', 'corrected']);
  });

  it('an old revision, whose item the newest one still has, stands', async () => {
    const second = detection({ revision: 2 });
    await scene.detect(second, revisionScan({ revision: 2, found: [second] }));
    await scene.detect(detection());
    expect(await occurrences()).toEqual(['codename r2', 'codename r1']);
  });

  it('anything of a post that is deleted is recorded as removed', async () => {
    await scene.detect(revisionScan({ revision: 1, op: 'delete' }), revisionScan({ revision: 5 }));
    await scene.detect(detection({ revision: 4 }));
    expect(await occurrences()).toEqual(['codename r4 delete']);
  });

  it('an older scan after a newer one changes nothing', async () => {
    const third = detection({ revision: 3 });
    await scene.detect(third, revisionScan({ revision: 3, found: [third] }));
    await scene.detect(revisionScan({ revision: 2 }));
    expect(await occurrences()).toEqual(['codename r3']);
  });

  it('a scan delivered twice is told once', async () => {
    const scan = revisionScan({ revision: 2 });
    await scene.detect(detection(), scan, scan);
    await scene.detect(scan);
    await expect.poll(changes).toEqual(['opened', 'content-removed', 'corrected']);
  });
});
